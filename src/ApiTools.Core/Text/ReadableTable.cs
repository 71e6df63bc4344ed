using System.Collections.ObjectModel;
using System.Globalization;

namespace ApiTools.Text;

/// <summary>A table of a public object, which as text is its entries and not the name of a class, as <see cref="ReadableList{T}"/>.</summary>
/// <typeparam name="T">What stands behind the names.</typeparam>
internal sealed class ReadableTable<T> : ReadOnlyDictionary<string, T>
{
    /// <summary>The table of nothing.</summary>
    public static readonly ReadableTable<T> Nothing = new(new Dictionary<string, T>());

    private ReadableTable(IDictionary<string, T> entries)
        : base(entries)
    {
    }

    /// <summary>The same entries, as a table that reads well.</summary>
    /// <param name="entries">The entries.</param>
    public static ReadableTable<T> Of(IReadOnlyDictionary<string, T> entries) => entries switch
    {
        ReadableTable<T> already => already,
        IDictionary<string, T> table => new(table),
        _ => new(entries.ToDictionary(entry => entry.Key, entry => entry.Value)),
    };

    /// <summary>The entries, such as <c>timeout: 2, internal_error: 1</c>.</summary>
    public override string ToString() =>
        string.Join(", ", this.Select(entry => string.Format(CultureInfo.InvariantCulture, "{0}: {1}", entry.Key, entry.Value)));
}
