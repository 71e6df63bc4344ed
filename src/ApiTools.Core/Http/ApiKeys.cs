using System.Runtime.InteropServices;
using System.Security;
using ApiTools.Errors;

namespace ApiTools.Http;

/// <summary>What a key may be, and the one way to its text.</summary>
internal static class ApiKeys
{
    /// <summary>The most characters of a key: beyond it no server takes the header (8 KB is the usual limit for all headers).</summary>
    public const int MaximumLength = 8192;

    /// <summary>Refuses a key that no HTTP header can carry.</summary>
    /// <exception cref="ApiRequestException">invalid_value, without the key in it.</exception>
    public static void Check(SecureString? key)
    {
        if (key is null || key.Length == 0)
        {
            return;
        }
        string text = Read(key);
        // RFC 9110 5.5 and RFC 6750 2.1: a bearer token is visible ASCII. A line end here is a pasted file's, or an attack on the header.
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is <= ' ' or > '~')
            {
                string what = text[i] is '\r' or '\n' ? "a line end" : text[i] == ' ' ? "a blank" : "a character that no key has";
                throw ApiErrors.InvalidValue(
                    "ApiKey", $"The key has {what} at position {i + 1} of {text.Length}; a key is one word of ASCII letters, digits and signs.", "Connect-ApiService");
            }
        }
    }

    /// <summary>The key's text: for the header, and for taking it out of other text.</summary>
    public static string Read(SecureString key)
    {
        IntPtr memory = Marshal.SecureStringToGlobalAllocUnicode(key);
        try
        {
            return Marshal.PtrToStringUni(memory, key.Length);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(memory);
        }
    }

    /// <summary>A key from text.</summary>
    public static SecureString FromText(string text)
    {
        SecureString key = new();
        foreach (char c in text)
        {
            key.AppendChar(c);
        }
        key.MakeReadOnly();
        return key;
    }
}
