using System.Text;

namespace ApiTools.Core.Tests.Errors;

/// <summary>Bodies that are almost one of <c>shapes.txt</c>: pieces of others, secrets, escapes and broken UTF-8 stand where they should not, and ends are missing.</summary>
internal static class ErrorMutation
{
    /// <summary>A connection's own key, which stands in some of them, written in one way or another.</summary>
    public const string Key = "my+own/key-1";

    private static readonly string[] Pieces =
    [
        "sk-abcdefgh12345", "Bearer abcdefgh", Key, "my\\u002Bown/key-1", "my+own\\/key-1", "bXkrb3duL2tleS0x", "api_key=abcdefgh", "\"password\":\"abcdefgh\",", "https://user:pw@host/", "?key=abcd",
        "cookie: abc", "é", "钥", "\ud83d\ude00", "\\ud800", "\\u0041", "\\n", "\\\"", "\"", "{", "}", "[", "]", ",", ":", "\u00a0", "\ufeff", "data: ", "\0", "\u001b", "\u212a", "  ", "None", "null", "429", "-1e999",
        "Please try again in 2m59.56s.", "request id: abcdefgh1234", "litellm.X: {", "Limit 5, Used 3, Requested ~9", "1,000 tokens", "/* a comment */", "// a comment\n",
        "\"code\":\"", "\"Message\":\"", "\"errors\":{", "\"status\":\"", "\"type\":\"error\",",
    ];

    /// <summary>One of them, and the status under which it came.</summary>
    public static (int Status, byte[] Body) Next(Random random)
    {
        ErrorShape shape = ErrorShape.All[random.Next(ErrorShape.All.Count)];
        StringBuilder text = new(shape.Body);
        for (int change = random.Next(1, 5); change > 0; change--)
        {
            Change(text, random);
        }
        byte[] body = Encoding.UTF8.GetBytes(text.ToString());
        if (body.Length > 0 && random.Next(10) == 0)
        {
            body[random.Next(body.Length)] = (byte)random.Next(256);
        }
        return (random.Next(3) == 0 ? random.Next(200, 600) : shape.Status, body);
    }

    private static void Change(StringBuilder text, Random random)
    {
        int at = random.Next(text.Length + 1);
        string other = ErrorShape.All[random.Next(ErrorShape.All.Count)].Body;
        int from = random.Next(other.Length + 1);
        switch (random.Next(5))
        {
            case 0:
                text.Length = at;
                break;
            case 1:
                text.Remove(at, Math.Min(random.Next(12), text.Length - at));
                break;
            case 2:
                text.Insert(at, other.AsSpan(from, Math.Min(random.Next(40), other.Length - from)));
                break;
            default:
                text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                break;
        }
    }
}
