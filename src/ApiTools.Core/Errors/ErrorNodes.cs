using System.Collections;

namespace ApiTools.Errors;

/// <summary>Values beside each other, in the order of the body.</summary>
/// <param name="tree">The body.</param>
/// <param name="first">The first of them; 0 for none.</param>
internal readonly struct ErrorNodes(ErrorTree tree, int first) : IEnumerable<ErrorNode>
{
    public Enumerator GetEnumerator() => new(tree, first);

    IEnumerator<ErrorNode> IEnumerable<ErrorNode>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Goes from one to the next.</summary>
    public struct Enumerator(ErrorTree tree, int first) : IEnumerator<ErrorNode>
    {
        private int _next = first;
        private int _index;

        public readonly ErrorNode Current => new(tree, _index);

        readonly object IEnumerator.Current => Current;

        public bool MoveNext()
        {
            _index = _next;
            if (_index == 0)
            {
                return false;
            }
            _next = tree[_index].Next;
            return true;
        }

        public readonly void Reset() => throw new NotSupportedException();

        public readonly void Dispose()
        {
        }
    }
}
