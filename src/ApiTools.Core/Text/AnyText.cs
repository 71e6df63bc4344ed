using System.Text;

namespace ApiTools.Text;

/// <summary>Decodes a text that another program has saved: UTF-8, or what Windows PowerShell's <c>&gt;</c> and editors on Windows write.</summary>
internal static class AnyText
{
    /// <summary>The text of these bytes: by their byte order mark; without one, UTF-16 where every other byte of the beginning is zero, else UTF-8.</summary>
    public static string Read(byte[] bytes, int count)
    {
        (Encoding encoding, int mark) = Encoding(bytes, count);
        return encoding.GetString(bytes, mark, count - mark);
    }

    private static (Encoding Encoding, int Mark) Encoding(byte[] bytes, int count)
    {
        byte At(int index) => index < count ? bytes[index] : (byte)1;

        return (At(0), At(1), At(2), At(3)) switch
        {
            (0xef, 0xbb, 0xbf, _) => (System.Text.Encoding.UTF8, 3),
            (0xff, 0xfe, 0, 0) => (System.Text.Encoding.UTF32, 4),
            (0xff, 0xfe, _, _) => (System.Text.Encoding.Unicode, 2),
            (0xfe, 0xff, _, _) => (System.Text.Encoding.BigEndianUnicode, 2),
            (not 0, 0, not 0, 0) => (System.Text.Encoding.Unicode, 0),
            (0, not 0, 0, not 0) => (System.Text.Encoding.BigEndianUnicode, 0),
            _ => (System.Text.Encoding.UTF8, 0),
        };
    }
}
