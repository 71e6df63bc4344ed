using System.Text.Json;

namespace ApiTools.Validation;

/// <summary>Says in words what is wrong where a reader gave up, and what mends it, from where it stood before.</summary>
internal readonly ref struct JsonFaultFinder(ReadOnlySpan<byte> json, JsonFaultContext context)
{
    private readonly ReadOnlySpan<byte> _json = json;

    /// <summary>The fault that is next after the last good token.</summary>
    public JsonFault Find()
    {
        int token = JsonScan.SkipBlanks(_json, context.End);
        int comma = context.AfterValue && JsonScan.At(_json, token) == ',' ? token : -1;
        if (comma >= 0)
        {
            token = JsonScan.SkipBlanks(_json, token + 1);
        }
        if (token >= _json.Length)
        {
            return End(comma >= 0 || context.Last is JsonTokenType.PropertyName);
        }
        if (JsonComment.Find(_json, token) is JsonFault comment)
        {
            return comment;
        }
        if (context.Depth == 0 && context.Last != JsonTokenType.None)
        {
            return AfterDocument(token);
        }
        bool missingComma = context.AfterValue && comma < 0;
        return _json[token] switch
        {
            (byte)'}' or (byte)']' => Closing(token, comma),
            (byte)',' => Comma(token, comma),
            _ when missingComma => MissingComma(token),
            (byte)'{' or (byte)'[' when context.Depth >= JsonSyntax.MaximumDepth => TooDeep(token),
            (byte)'"' => String(token),
            _ => JsonQuotes.Find(_json, token) ?? JsonOddCharacter.Find(_json, token) ?? Other(token, comma),
        };
    }

    private JsonFault Other(int token, int comma)
    {
        bool wantsName = context.InObject && (comma >= 0 || context.Last == JsonTokenType.StartObject);
        if (!wantsName && _json[token] is (byte)'-' or (byte)'+' or (byte)'.' or (>= (byte)'0' and <= (byte)'9'))
        {
            return JsonNumberFault.Find(_json, token) ?? AfterNumber(JsonNumberFault.EndOf(_json, token));
        }
        return JsonWordFault.Find(_json, token, wantsName)
            ?? new JsonFault(token, $"Here stands {JsonScan.Shown(_json, token)} where JSON expects {(wantsName ? "a name in double quotes" : "a value")}.");
    }

    // A reader does not give out a number before it has seen a delimiter behind it; at the end of the text, digits may have been cut off.
    private JsonFault AfterNumber(int end) =>
        end >= _json.Length ? End(isCut: true) : new JsonFaultFinder(_json, context with { End = end, Last = JsonTokenType.Number }).Find();

    // What was cut off may have had more in it; where the last thing is whole, only its end is missing.
    private JsonFault End(bool isCut)
    {
        if (context.Depth == 0)
        {
            return new JsonFault(_json.Length, "The request is empty.");
        }
        JsonOpening open = context.Innermost;
        string still = context.Depth == 1 ? string.Empty : $", and {context.Depth - 1} more around it";
        string message = $"The text ends before the JSON does: the {open.Noun} that begins at {JsonScan.Place(_json, open.Offset, context.FirstLine)} is still open{still}. Was it cut off?";
        bool mends = context.AfterValue || context.Last is JsonTokenType.StartObject or JsonTokenType.StartArray;
        string closings = string.Concat(context.Open.AsEnumerable().Reverse().Select(opening => opening.Closing));
        return new JsonFault(
            _json.Length,
            message,
            mends && !isCut ? SyntaxMend.Insert(context.End, closings, $"'{closings}' put at the end") : null);
    }

    private JsonFault AfterDocument(int token)
    {
        byte first = _json[token];
        bool isLast = JsonScan.SkipBlanks(_json, token + 1) >= _json.Length;
        if (first is (byte)'}' or (byte)']')
        {
            return new JsonFault(token, $"'{(char)first}' closes nothing.", SyntaxMend.Remove(token, 1, $"a '{(char)first}' too many taken out"));
        }
        if (first is (byte)',' or (byte)';' && isLast)
        {
            return new JsonFault(token, $"The JSON is complete before this '{(char)first}': take it out.", SyntaxMend.Remove(token, 1, $"the '{(char)first}' at the end taken out"));
        }
        return JsonFence.FindEnd(_json, token) ?? (first >= 0x80 ? JsonOddCharacter.FindBlank(_json, token) : null) ?? new JsonFault(
            token,
            "The JSON is complete before this; nothing may follow it. Is it two requests? A file of several ends in .jsonl, and has one a line.");
    }

    private static JsonFault TooDeep(int token) =>
        new(token, $"Objects and arrays are nested deeper than {JsonSyntax.MaximumDepth} levels.");

    private JsonFault Closing(int token, int comma)
    {
        char closing = (char)_json[token];
        if (context.Depth == 0)
        {
            return new JsonFault(token, $"'{closing}' closes nothing.", SyntaxMend.Remove(token, 1, $"a '{closing}' too many taken out"));
        }
        if (context.Last == JsonTokenType.PropertyName)
        {
            return new JsonFault(token, $"A value is missing before '{closing}'.");
        }
        JsonOpening open = context.Innermost;
        if (comma >= 0)
        {
            return new JsonFault(token, $"JSON has no comma before a '{closing}': take it out.", SyntaxMend.Remove(comma, 1, $"the comma before '{closing}' taken out"));
        }
        string message =
            $"'{closing}' does not close the {open.Noun} that begins at {JsonScan.Place(_json, open.Offset, context.FirstLine)}; '{open.Closing}' would.";
        // {"a":[1} has forgotten a bracket, where what is around it is closed by this one; [1} has a wrong one.
        bool closesOuter = context.Depth > 1 && context.Open[context.Depth - 2].Closing == closing;
        return new JsonFault(token, message, closesOuter
            ? SyntaxMend.Insert(context.End, open.Closing.ToString(), $"'{open.Closing}' put in")
            : SyntaxMend.Replace(token, 1, open.Closing.ToString(), $"'{closing}' changed into '{open.Closing}'"));
    }

    // A comma where a value or a name has to stand.
    private JsonFault Comma(int token, int comma)
    {
        if (context.Last == JsonTokenType.PropertyName)
        {
            return new JsonFault(token, "A value is missing before ','.");
        }
        if (comma < 0 && context.Depth == 0)
        {
            return new JsonFault(token, "Here stands ',' where JSON expects a value.");
        }
        string message = comma >= 0 ? "Here stands a second ',' where one is enough." : "Here stands ',' before there is anything that it would part.";
        int end = token + 1;
        while (JsonScan.At(_json, end) == ',')
        {
            end++;
        }
        // In an array, an item may be missing.
        return new JsonFault(token, message, SyntaxMend.Remove(token, end - token, "a comma too many taken out", context.InObject));
    }

    private JsonFault MissingComma(int token)
    {
        byte first = _json[token];
        if (first == ';')
        {
            return new JsonFault(token, "Here stands ';' where JSON has ','.", SyntaxMend.Replace(token, 1, ",", "';' changed into ','"));
        }
        if (first >= 0x80 && JsonOddCharacter.Find(_json, token) is JsonFault odd)
        {
            return odd;
        }
        char end = context.Innermost.Closing;
        if (context.Last == JsonTokenType.String && JsonScan.EndOfWord(_json, token) > token)
        {
            return new JsonFault(
                token, $"A ',' is missing before {JsonScan.Shown(_json, token)}, or a '{end}'. Or does the quote before it stand inside the string? There it is written \\\".");
        }
        string what = first == '"' ? "this string" : JsonScan.Shown(_json, token);
        return new JsonFault(token, $"A ',' is missing before {what}, or a '{end}'.", CommaBefore(token));
    }

    private SyntaxMend? CommaBefore(int token)
    {
        // In an object a name has to follow; else it is no comma that is missing.
        bool begins = _json[token] is (byte)'"' or (byte)'\'' || (!context.InObject && _json[token] is (byte)'{' or (byte)'[' or (byte)'-' or (>= (byte)'0' and <= (byte)'9'));
        if (!begins)
        {
            return null;
        }
        // "a" "b" on one line may be one string (Python), 1 2 one number; {"a":1 "b":2} can be nothing else.
        bool isSafe = context.InObject || context.Last is JsonTokenType.EndObject or JsonTokenType.EndArray
            || _json.Slice(context.End, token - context.End).IndexOf((byte)'\n') >= 0;
        return SyntaxMend.Insert(context.End, ",", "a missing comma put in", isSafe);
    }

    private JsonFault String(int token) =>
        JsonStringFault.Find(_json, token) ?? MissingColon(token, JsonStringFault.EndOfString(_json, token));

    // The string itself is good: it is a name, and what follows it is not a colon.
    private JsonFault MissingColon(int token, int end)
    {
        int next = JsonScan.SkipBlanks(_json, end);
        if (next >= _json.Length)
        {
            return End(isCut: true);
        }
        if (JsonComment.Find(_json, next) is JsonFault comment)
        {
            return comment;
        }
        string message = $"A ':' is missing after the name {JsonFault.Text(_json.Slice(token, end - token))}.";
        byte first = _json[next];
        if (first == '=')
        {
            int length = JsonScan.At(_json, next + 1) == '>' ? 2 : 1;
            return new JsonFault(next, message, SyntaxMend.Replace(next, length, ":", "'=' changed into ':'"));
        }
        if (first >= 0x80 && JsonOddCharacter.Find(_json, next) is JsonFault odd)
        {
            return odd;
        }
        bool isValue = first is (byte)'"' or (byte)'\'' or (byte)'{' or (byte)'[' or (byte)'-' or (>= (byte)'0' and <= (byte)'9') || JsonScan.EndOfWord(_json, next) > next;
        // After "a", a word may as well be the rest of the name, and its quote one that should have been escaped.
        bool isSafe = next > end || first is (byte)'{' or (byte)'[';
        return new JsonFault(next, message, isValue ? SyntaxMend.Insert(end, ":", "a missing ':' put in", isSafe) : null);
    }
}
