using System.Globalization;
using System.Text.Json;
using ApiTools.Text;

namespace ApiTools.Chat;

/// <summary>Reads the arguments of a tool call as a model wrote them: JSON text that may be anything at all.</summary>
internal static class ToolArguments
{
    /// <summary>The most characters that are read. Each goes back to the model with the next request, and costs tokens again.</summary>
    public const int MaximumLength = 262_144;

    // What a parser takes that is asked for no more (RFC 8259, 9: an implementation may set limits).
    private const int MaximumDepth = 64;

    /// <summary>What stands in the place of arguments that cannot be sent again.</summary>
    public const string None = "{}";

    /// <summary>The arguments as they are sent back to the model: services fail at what is no JSON object, so that none stands in its place.</summary>
    public static string Sendable(string arguments) => TryRead(arguments, out _, out _) && arguments.Trim().Length > 0 ? arguments : None;

    /// <summary>Reads the arguments.</summary>
    /// <param name="arguments">What the model wrote; empty for none.</param>
    /// <param name="read">The arguments, a JSON object.</param>
    /// <param name="fault">What is wrong with them, as a sentence for the model.</param>
    public static bool TryRead(string arguments, out JsonElement read, out string fault)
    {
        read = default;
        if (arguments.Length > MaximumLength)
        {
            fault = string.Format(CultureInfo.InvariantCulture, "The arguments are {0:N0} characters long; at most {1:N0} are taken.", arguments.Length, MaximumLength);
            return false;
        }
        try
        {
            using JsonDocument document = JsonDocument.Parse(arguments.Trim().Length == 0 ? None : arguments, new JsonDocumentOptions { MaxDepth = MaximumDepth });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                fault = "The arguments are no JSON object.";
                return false;
            }
            if (FindTwice(document.RootElement) is string twice)
            {
                fault = $"The arguments have '{VisibleText.Line(twice, 100)}' twice.";
                return false;
            }
            read = document.RootElement.Clone();
            fault = string.Empty;
            return true;
        }
        catch (JsonException exception)
        {
            fault = exception.LineNumber is long line && exception.BytePositionInLine is long place
                ? FormattableString.Invariant($"The arguments are no JSON, or nested deeper than {MaximumDepth} levels: line {line + 1}, byte {place + 1}.")
                : "The arguments are no JSON.";
            return false;
        }
        catch (InvalidOperationException)
        {
            fault = "The arguments have half a surrogate pair, which is no character.";
            return false;
        }
    }

    // Names that differ in case alone are one name to a command. Also looks at each text, which throws where it has half a character.
    private static string? FindTwice(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
                foreach (JsonProperty member in element.EnumerateObject())
                {
                    if (!names.Add(member.Name))
                    {
                        return member.Name;
                    }
                    if (FindTwice(member.Value) is string inner)
                    {
                        return inner;
                    }
                }
                return null;
            case JsonValueKind.Array:
                return element.EnumerateArray().Select(FindTwice).FirstOrDefault(inner => inner is not null);
            case JsonValueKind.String:
                _ = element.GetString();
                return null;
            default:
                return null;
        }
    }
}
