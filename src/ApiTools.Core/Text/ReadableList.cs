using System.Collections.ObjectModel;

namespace ApiTools.Text;

/// <summary>A list of a public object, which as text is its items and not the name of a class: Export-Csv and a string write what ToString gives.</summary>
/// <typeparam name="T">What it lists.</typeparam>
internal sealed class ReadableList<T> : ReadOnlyCollection<T>
{
    /// <summary>The list of nothing.</summary>
    public static readonly ReadableList<T> Nothing = new([]);

    private ReadableList(IList<T> items)
        : base(items)
    {
    }

    /// <summary>The same items, as a list that reads well. It is not copied: what is added to them later is in it.</summary>
    /// <param name="items">The items.</param>
    public static ReadableList<T> Of(IReadOnlyList<T> items) => items switch
    {
        ReadableList<T> already => already,
        T[] { Length: 0 } => Nothing,
        IList<T> list => new(list),
        _ => new([.. items]),
    };

    /// <summary>The items, with commas.</summary>
    public override string ToString() => string.Join(", ", this);
}
