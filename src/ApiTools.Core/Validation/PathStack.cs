namespace ApiTools.Validation;

/// <summary>The steps to the place that is being checked. A place becomes an object only when it is asked for: when something is wrong there.</summary>
internal sealed class PathStack
{
    private Step[] _steps = new Step[16];

    // The text that names of the caller's own stand in.
    private ReadOnlyMemory<byte> _text;

    /// <summary>How many steps it is from the request.</summary>
    public int Depth { get; private set; }

    /// <summary>The index of the item that is the last step.</summary>
    public int Index => _steps[Depth - 1].Start;

    /// <summary>Down to a member of a known name.</summary>
    public void Push(string name) => Next() = new Step(name, 0, 0);

    /// <summary>Down to an item.</summary>
    public void Push(int index) => Next() = new Step(null, index, -1);

    /// <summary>Down to a member whose name stands in the text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">The offset of the name's quote.</param>
    /// <param name="length">The name's length in bytes, escapes and all.</param>
    public void Push(ReadOnlyMemory<byte> text, int start, int length)
    {
        _text = text;
        Next() = new Step(null, start + 1, length);
    }

    /// <summary>Up again.</summary>
    public void Pop() => Depth--;

    /// <summary>Back to the request.</summary>
    public void Clear() => Depth = 0;

    /// <summary>Lets go of the text that names stood in.</summary>
    public void Forget() => _text = default;

    /// <summary>The place.</summary>
    public RequestPath ToPath()
    {
        RequestPath path = RequestPath.Root;
        for (int i = 0; i < Depth; i++)
        {
            Step step = _steps[i];
            path = step.Name is string name ? path.Member(name)
                : step.Length < 0 ? path.Item(step.Start)
                : path.Member(JsonText.Decode(_text.Span.Slice(step.Start, step.Length)));
        }
        return path;
    }

    private ref Step Next()
    {
        if (Depth == _steps.Length)
        {
            Array.Resize(ref _steps, Depth * 2);
        }
        return ref _steps[Depth++];
    }

    private readonly record struct Step(string? Name, int Start, int Length);
}
