namespace ApiTools.Validation;

/// <summary>The steps to the place that is being checked. A place becomes an object only when it is asked for: when something is wrong there.</summary>
internal sealed class PathStack
{
    private Step[] _steps = new Step[16];

    private enum Kind
    {
        // A member whose name is on the tape.
        Member,
        Item,
        Named,
    }

    /// <summary>How many steps it is from the request.</summary>
    public int Depth { get; private set; }

    /// <summary>The index of the item that is the last step.</summary>
    public int Index => _steps[Depth - 1].Value;

    /// <summary>Down to an item.</summary>
    /// <param name="index">Its number, from 0.</param>
    public void PushItem(int index) => Push(Kind.Item, index);

    /// <summary>Down to a member.</summary>
    /// <param name="name">Its name's place on the tape.</param>
    public void PushMember(int name) => Push(Kind.Member, name);

    /// <summary>On to the next sibling.</summary>
    /// <param name="value">An item's number, the place of a member's name.</param>
    public void MoveTo(int value) => _steps[Depth - 1].Value = value;

    /// <summary>Down to a member of a known name.</summary>
    public void PushMember(string name)
    {
        Push(Kind.Named, 0);
        _steps[Depth - 1].Name = name;
    }

    /// <summary>Up again.</summary>
    public void Pop() => Depth--;

    /// <summary>Back to the request.</summary>
    public void Clear() => Depth = 0;

    /// <summary>The place.</summary>
    /// <param name="tape">The tape that names are on.</param>
    public RequestPath ToPath(JsonTape tape)
    {
        RequestPath path = RequestPath.Root;
        for (int i = 0; i < Depth; i++)
        {
            Step step = _steps[i];
            path = step.Kind switch
            {
                Kind.Item => path.Item(step.Value),
                Kind.Member => path.Member(tape.GetString(step.Value)),
                _ => path.Member(step.Name!),
            };
        }
        return path;
    }

    private void Push(Kind kind, int value)
    {
        if (Depth == _steps.Length)
        {
            Array.Resize(ref _steps, Depth * 2);
        }
        ref Step step = ref _steps[Depth++];
        step.Kind = kind;
        step.Value = value;
    }

    private struct Step
    {
        public string? Name;
        public int Value;
        public Kind Kind;
    }
}
