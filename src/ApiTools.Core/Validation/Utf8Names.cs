using System.Buffers.Binary;
using System.Text;

namespace ApiTools.Validation;

/// <summary>
/// A few names, to be found by their UTF-8 without a string being made. A table of four places or more a name, so that most are found at the first
/// look; what is compared there is a number, made of the length and the first and last eight bytes.
/// </summary>
internal sealed class Utf8Names
{
    // A name so short is what its number says; of a longer one all bytes are compared.
    private const int WholeInKey = 8;

    // The fraction of the golden ratio (Knuth, The Art of Computer Programming 6.4): it spreads near numbers.
    private const ulong Spread = 0x9e3779b97f4a7c15;

    private readonly string[] _names;
    private readonly Place[] _places;
    private readonly int _shift;

    public Utf8Names(IReadOnlyList<string> names)
    {
        _names = [.. names];
        int bits = 2;
        while (1 << bits < 4 * _names.Length)
        {
            bits++;
        }
        _places = new Place[1 << bits];
        _shift = 64 - bits;
        for (int i = 0; i < _names.Length; i++)
        {
            Add(Encoding.UTF8.GetBytes(_names[i]), i);
        }
    }

    /// <summary>The name's index; -1 for none.</summary>
    public int IndexOf(ReadOnlySpan<byte> name)
    {
        ulong key = Key(name);
        Place[] places = _places;
        for (int i = (int)((key * Spread) >> _shift); (uint)i < (uint)places.Length; i = (i + 1) & (places.Length - 1))
        {
            ref readonly Place place = ref places[i];
            if (place.Name is null)
            {
                break;
            }
            if (place.Key == key && place.Name.Length == name.Length && (name.Length <= WholeInKey || name.SequenceEqual(place.Name)))
            {
                return place.Index;
            }
        }
        return -1;
    }

    /// <summary>The name's index; -1 for none.</summary>
    public int IndexOf(string name) => Array.IndexOf(_names, name);

    private static ulong Key(ReadOnlySpan<byte> name) => name.Length switch
    {
        > WholeInKey => (BinaryPrimitives.ReadUInt64LittleEndian(name) * 31) ^ BinaryPrimitives.ReadUInt64LittleEndian(name.Slice(name.Length - 8)) ^ (ulong)name.Length,
        >= 4 => BinaryPrimitives.ReadUInt32LittleEndian(name) | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(name.Slice(name.Length - 4)) << 32),
        >= 2 => BinaryPrimitives.ReadUInt16LittleEndian(name) | ((ulong)name[name.Length - 1] << 16),
        1 => name[0],
        _ => 0,
    };

    private void Add(byte[] name, int index)
    {
        ulong key = Key(name);
        int i = (int)((key * Spread) >> _shift);
        while (_places[i].Name is not null)
        {
            i = (i + 1) & (_places.Length - 1);
        }
        _places[i] = new Place(key, name, index);
    }

    private readonly record struct Place(ulong Key, byte[]? Name, int Index);
}
