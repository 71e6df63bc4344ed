namespace ApiTools.Text;

/// <summary>
/// Tells at a glance whether a text can hold a secret, so that <see cref="Redactor"/>'s pattern, which takes a hundred times as long, need not look at most
/// texts. It may see a secret where there is none, never the other way; a test compares the two on texts made of the pattern's own pieces.
/// </summary>
internal static class SecretHints
{
    // The longest word before a hyphen that begins a key: "nvapi".
    private const int LongestPrefix = 5;

    private static readonly string[] Prefixes = ["sk", "pk", "rk", "hf", "r8", "gsk", "xai", "csk", "ghp", "gho", "ghs", "ghu", "ghr", "pplx", "nvapi"];

    private static readonly string[] QueryNames = ["key", "token", "sig", "signature", "secret", "code"];

    // What is looked at: a hyphen, and of each word that comes before a secret the letter that is rarest in plain text.
    private static readonly bool[] Looked = Table("-_=@bBcCjJkKwWzZ");

    /// <summary>What the text can hold.</summary>
    public static SecretHint Look(string text)
    {
        SecretHint hint = SecretHint.None;
        bool[] looked = Looked;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c < 128)
            {
                if (looked[c] && At(text, i, c) is var found and not SecretHint.None)
                {
                    if (found == SecretHint.Any)
                    {
                        return SecretHint.Any;
                    }
                    hint = found;
                }
            }
            // The letters beyond ASCII that are a k, an s or an i in another case.
            else if (c is '\u212a' or '\u017f' or '\u0130' or '\u0131')
            {
                return SecretHint.Any;
            }
        }
        return hint;
    }

    /// <summary>The text with each key masked that begins with a known word and a hyphen; for one of which <see cref="Look"/> says that it holds no others.</summary>
    public static string MaskKeys(string text, string mask)
    {
        System.Text.StringBuilder? masked = null;
        int copied = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is '-' or '_' && PrefixStart(text, i) is int start && start >= copied && KeyEnd(text, start, i) is int end)
            {
                masked ??= new System.Text.StringBuilder(text.Length);
                masked.Append(text, copied, start - copied).Append(mask);
                copied = end;
                i = end - 1;
            }
        }
        return masked is null ? text : masked.Append(text, copied, text.Length - copied).ToString();
    }

    private static SecretHint At(string text, int i, char c) => (char)(c | 0x20) switch
    {
        // - and _ with the bit set: 0x2d, 0x7f.
        '-' or '\u007f' => Hyphen(text, i),
        '=' => Query(text, i) ? SecretHint.Any : SecretHint.None,
        'k' => Key(text, i) ? SecretHint.Any : SecretHint.None,
        'b' => Has(text, i, "bearer") || Has(text, i, "basic") ? SecretHint.Any : SecretHint.None,
        'c' => Has(text, i - 2, "secret") ? SecretHint.Any : SecretHint.None,
        'j' => Has(text, i - 2, "eyj") ? SecretHint.Any : SecretHint.None,
        'w' => Has(text, i - 4, "password") ? SecretHint.Any : SecretHint.None,
        'z' => Has(text, i - 7, "authorization") || Has(text, i - 2, "aiza") ? SecretHint.Any : SecretHint.None,
        // @, with the bit set.
        _ => c == '@' && Address(text, i) ? SecretHint.Any : SecretHint.None,
    };

    private static SecretHint Hyphen(string text, int i)
    {
        if (Has(text, i - 6, "github_pat") || Has(text, i - 10, "github_pat"))
        {
            return SecretHint.Any;
        }
        return PrefixStart(text, i) is null ? SecretHint.None : SecretHint.Keys;
    }

    // A cookie, or an API key, an access token, each with a value behind; and AKIA, an AWS key.
    private static bool Key(string text, int i) =>
        (i > 0 && (text[i - 1] is '-' or '_' || (text[i - 1] | 0x20) == 'i') && Has(text, i, "key") && HasValue(text, i + 3))
        || (Has(text, i - 3, "cookie") && HasValue(text, i + 3)) || Has(text, i - 1, "akia")
        || (Has(text, i - 2, "token") && HasValue(text, i + 3) && (Before(text, i - 2, "access") || Before(text, i - 2, "refresh")));

    // A quotation mark, blanks, and a colon or an equals sign.
    private static bool HasValue(string text, int at)
    {
        if (at < text.Length && text[at] is '"' or '\'')
        {
            at++;
        }
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }
        return at < text.Length && text[at] is ':' or '=';
    }

    // ?key=, &token=
    private static bool Query(string text, int i)
    {
        int start = i;
        while (start > 0 && i - start < 10 && text[start - 1] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'))
        {
            start--;
        }
        return start > 0 && text[start - 1] is '?' or '&' && QueryNames.Any(name => name.Length == i - start && Has(text, start, name));
    }

    // user:password@ in an address.
    private static bool Address(string text, int i)
    {
        int at = i - 1;
        while (at > 0 && i - at <= 257 && !char.IsWhiteSpace(text[at]) && text[at] is not ('/' or '?' or '#' or '@' or '"' or '\'' or '<' or '>'))
        {
            at--;
        }
        return at > 1 && text[at] == '/' && text[at - 1] == '/' && text[at - 2] == ':';
    }

    // Where the word before a hyphen begins, if it is one that keys begin with.
    private static int? PrefixStart(string text, int i)
    {
        int start = i;
        while (start > 0 && i - start <= LongestPrefix && IsWord(text[start - 1]))
        {
            start--;
        }
        int length = i - start;
        // A letter beyond ASCII before it makes it the end of another word.
        if (length is < 2 or > LongestPrefix || (start > 0 && text[start - 1] >= 128 && char.IsLetterOrDigit(text[start - 1])))
        {
            return null;
        }
        foreach (string prefix in Prefixes)
        {
            if (prefix.Length == length && Has(text, start, prefix))
            {
                return start;
            }
        }
        return null;
    }

    // Null where what follows is too short for a key.
    private static int? KeyEnd(string text, int start, int hyphen)
    {
        bool isSk = hyphen - start == 2 && (text[start] | 0x20) == 's';
        int end = hyphen + 1;
        while (end < text.Length && (IsWord(text[end]) || text[end] is '*' or '-' || (isSk && text[end] == '.')))
        {
            end++;
        }
        return end - hyphen - 1 >= (isSk ? 6 : 16) ? end : null;
    }

    private static bool IsWord(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_';

    // Whether the lower-case word stands there, in any case.
    private static bool Has(string text, int start, string word)
    {
        if (start < 0 || start + word.Length > text.Length)
        {
            return false;
        }
        for (int i = 0; i < word.Length; i++)
        {
            char c = text[start + i];
            if (c != word[i] && (c is < 'A' or > 'Z' || (c | 0x20) != word[i]))
            {
                return false;
            }
        }
        return true;
    }

    private static bool Before(string text, int end, string word) =>
        Has(text, end - word.Length, word) || (end > 0 && text[end - 1] is '-' or '_' && Has(text, end - 1 - word.Length, word));

    private static bool[] Table(string characters)
    {
        bool[] table = new bool[128];
        foreach (char c in characters)
        {
            table[c] = true;
        }
        return table;
    }
}
