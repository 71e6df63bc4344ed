using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ApiTools.Errors;

/// <summary>
/// Reads what an error body says from any of the shapes that services send (the page's own, and those seen beside it; each has a fixture
/// or a row in the tests that names where it was seen).
/// </summary>
internal static class ErrorBody
{
    // JSON within a string within JSON: a gateway before a gateway before a service.
    private const int MaximumNesting = 4;

    /// <summary>What the bytes say as JSON; null where they are none, or say nothing.</summary>
    /// <param name="json">The body, which has to stay as it is for as long as the facts are used.</param>
    /// <param name="start">Where in it to begin.</param>
    /// <param name="length">How much of it to read.</param>
    public static ErrorFacts? Read(byte[] json, int start, int length)
    {
        if (ErrorTree.Parse(json, start, length) is not ErrorNode root)
        {
            return null;
        }
        ErrorFacts facts = new() { Root = root };
        ReadNode(root, facts, MaximumNesting);
        return facts.Message is null && facts.Code is null && facts.Type is null && facts.Status is null ? null : facts;
    }

    /// <summary>Reads a value that says what happened: an object, a list, a string.</summary>
    public static void ReadNode(ErrorNode node, ErrorFacts facts, int nesting)
    {
        switch (node.Kind)
        {
            case JsonTokenType.StartObject:
                ReadObject(node, facts, nesting);
                break;
            case JsonTokenType.StartArray when node.Items.Any(item => item.Kind == JsonTokenType.String):
                facts.Message = ErrorDetails.Joined([.. node.Items.Where(item => item.Kind == JsonTokenType.String).Select(item => item.Text!)]);
                break;
            // Gemini wraps its error in a list of one.
            case JsonTokenType.StartArray when node.First is ErrorNode first:
                ReadNode(first, facts, nesting);
                break;
            case JsonTokenType.String:
                ReadString(node.Text!, facts, nesting);
                break;
            default:
                break;
        }
    }

    private static void ReadString(string text, ErrorFacts facts, int nesting)
    {
        if (!ReadNested(text, facts, nesting) && !ReadWrapped(text, facts, nesting))
        {
            facts.Message = text;
        }
    }

    private static bool ReadText(string text, ErrorFacts facts, int nesting)
    {
        if (nesting == 0 || ErrorNode.Parse(text) is not ErrorNode root)
        {
            return false;
        }
        ReadNode(root, facts, nesting);
        root.Close();
        return true;
    }

    /// <summary>Reads a string that is itself JSON; false where it is ordinary text.</summary>
    private static bool ReadNested(string text, ErrorFacts facts, int nesting)
    {
        if (text.Length < 2 || text[0] is not ('{' or '[' or ' ' or '\n' or '\r' or '\t'))
        {
            return false;
        }
        string trimmed = text.Trim();
        return trimmed.Length > 1 && trimmed[0] is '{' or '[' && trimmed[trimmed.Length - 1] is '}' or ']'
            && ReadText(trimmed, facts, nesting - 1) && facts.Message is not null;
    }

    // The error within a gateway's words is the true one; what the gateway says of it stays at hand.
    private static bool ReadWrapped(string text, ErrorFacts facts, int nesting)
    {
        if (facts.Message is not null || ErrorWrappers.Find(text) is not (string before, string json))
        {
            return false;
        }
        facts.Wrapper ??= before;
        return ReadText(json, facts, nesting - 1) && facts.Message is not null;
    }

    [SkipLocalsInit]
    private static void ReadObject(ErrorNode node, ErrorFacts facts, int nesting)
    {
        Span<int> found = stackalloc int[ErrorFields.Count];
        ErrorFields fields = node.Fields(found);
        if (fields.HasAny(ErrorField.Error, ErrorField.ProviderFields))
        {
            ReadWithin(fields, facts, nesting);
        }
        ReadMembers(fields, facts, nesting);
    }

    // What holds an error, or more of it.
    private static void ReadWithin(in ErrorFields fields, ErrorFacts facts, int nesting)
    {
        if (fields.Has(ErrorField.Metadata))
        {
            ReadUpstream(fields.At(ErrorField.Metadata), facts, nesting);
        }
        if (fields.HasAny(ErrorField.Error, ErrorField.Fault))
        {
            ReadError(fields, facts, nesting);
        }
        if (fields.Has(ErrorField.Choices))
        {
            ReadChoices(fields.At(ErrorField.Choices), facts, nesting);
        }
        if (fields.Has(ErrorField.Errors))
        {
            ReadErrors(fields.At(ErrorField.Errors), facts, nesting);
        }
        if (fields.Has(ErrorField.Detail))
        {
            ReadDetail(fields.At(ErrorField.Detail), facts, nesting);
        }
    }

    private static void ReadError(in ErrorFields fields, ErrorFacts facts, int nesting)
    {
        ErrorNode error = fields.At(fields.Has(ErrorField.Error) ? ErrorField.Error : ErrorField.Fault);
        switch (error.Kind)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                facts.Forms |= fields.Word(ErrorField.Type) == "error" ? ErrorForms.Typed : ErrorForms.Object;
                ReadNode(error, facts, nesting);
                // Together, ERNIE: the request's id beside the error.
                facts.RequestId ??= fields.String(ErrorField.Id);
                break;
            // OAuth (RFC 6749, 5.2) and Spring: a name beside a message; Ollama: the message itself.
            case JsonTokenType.String when HasMessage(fields):
                facts.Code = error.Text;
                break;
            case JsonTokenType.String:
                facts.Forms |= ErrorForms.Bare;
                ReadNode(error, facts, nesting);
                break;
            default:
                break;
        }
    }

    // OpenRouter: the error of one choice of an answer or of a chunk.
    private static void ReadChoices(ErrorNode choices, ErrorFacts facts, int nesting)
    {
        foreach (ErrorNode choice in choices.Items)
        {
            if (choice["error"] is { Kind: not JsonTokenType.Null } error)
            {
                ReadNode(error, facts, nesting);
                return;
            }
        }
    }

    private static bool HasMessage(in ErrorFields fields)
    {
        for (ErrorField field = ErrorField.Message; field <= ErrorField.Title; field++)
        {
            if (fields.String(field) is not null)
            {
                return true;
            }
        }
        return fields.String(ErrorField.Detail) is not null;
    }

    private static void ReadMembers(in ErrorFields fields, ErrorFacts facts, int nesting)
    {
        if (!fields.HasAny(ErrorField.Details, ErrorField.PromptTokens))
        {
            return;
        }
        ReadMessage(fields, facts, nesting);
        ReadNames(fields, facts);
        if (fields.HasAny(ErrorField.InnerError, ErrorField.ProviderFields))
        {
            ErrorDetails.ReadFilters(fields, facts);
        }
        if (fields.Has(ErrorField.Details))
        {
            ErrorDetails.ReadGoogle(fields.At(ErrorField.Details), facts);
        }
        if (fields.HasAny(ErrorField.RetryAfterUnderscore, ErrorField.EstimatedTime))
        {
            facts.Wait ??= Wait(fields);
        }
        if (fields.Has(ErrorField.ContextSize))
        {
            ErrorDetails.ReadContext(fields, facts);
        }
    }

    private static void ReadMessage(in ErrorFields fields, ErrorFacts facts, int nesting)
    {
        if (!fields.HasAny(ErrorField.Message, ErrorField.Title))
        {
            return;
        }
        for (ErrorField field = ErrorField.Message; facts.Message is null && field <= ErrorField.Title; field++)
        {
            if (fields.Has(field))
            {
                facts.Forms |= facts.Forms == ErrorForms.None ? field == ErrorField.Title ? ErrorForms.Detail : ErrorForms.Flat : ErrorForms.None;
                ReadNode(fields.At(field), facts, nesting);
            }
        }
    }

    private static void ReadNames(in ErrorFields fields, ErrorFacts facts)
    {
        for (ErrorField field = ErrorField.Code; field <= ErrorField.ErrorCode; field++)
        {
            if (fields.Has(field))
            {
                facts.Code = fields.Scalar(field);
                facts.Status ??= StatusOf(facts.Code);
            }
        }
        for (ErrorField field = ErrorField.Type; field <= ErrorField.AwsType; field++)
        {
            if (fields.Has(field))
            {
                facts.Type ??= fields.Word(field);
            }
        }
        if (fields.HasAny(ErrorField.Status, ErrorField.StatusCodeUnderscore))
        {
            ReadStatus(fields, facts);
        }
        if (fields.HasAny(ErrorField.RequestIdUnderscore, ErrorField.RequestId))
        {
            facts.RequestId ??= fields.String(ErrorField.RequestIdUnderscore) ?? fields.String(ErrorField.RequestId);
        }
        if (fields.HasAny(ErrorField.Param, ErrorField.Reason))
        {
            facts.Param = fields.Word(ErrorField.Param);
            facts.Reason ??= fields.String(ErrorField.Reason);
        }
    }

    private static void ReadStatus(in ErrorFields fields, ErrorFacts facts)
    {
        for (ErrorField field = ErrorField.Status; field <= ErrorField.StatusCodeUnderscore; field++)
        {
            facts.Status ??= StatusOf(fields.Scalar(field));
        }
        // Google: a status in words beside a number for a code.
        if (fields.Word(ErrorField.Status) is string words && !IsDigits(words))
        {
            facts.Type ??= words;
            facts.Forms |= ErrorForms.Google;
        }
    }

    private static bool IsDigits(string text)
    {
        foreach (char c in text)
        {
            if (!char.IsDigit(c))
            {
                return false;
            }
        }
        return true;
    }

    private static int? StatusOf(string? text) => text is { Length: 3 } && text[0] is '4' or '5' && int.TryParse(text, out int status) ? status : null;

    // Problem details (RFC 9457) have no member for it, but services add one; Hugging Face, while a model loads: seconds.
    private static string? Wait(in ErrorFields fields)
    {
        if (fields[ErrorField.RetryAfterMs]?.Text is string milliseconds)
        {
            return milliseconds + "ms";
        }
        return (fields[ErrorField.RetryAfterUnderscore] ?? fields[ErrorField.RetryAfter] ?? fields[ErrorField.EstimatedTime])?.Text;
    }

    // OpenRouter: the error of the provider behind it, verbatim, often as a string of JSON; and that provider's headers.
    private static void ReadUpstream(ErrorNode metadata, ErrorFacts facts, int nesting)
    {
        facts.Wait ??= metadata["headers"]?.String("X-RateLimit-Reset");
        facts.Reason ??= metadata.String("error_type");
        if (metadata["raw"] is not ErrorNode raw)
        {
            return;
        }
        ErrorFacts upstream = new();
        ReadNode(raw, upstream, nesting);
        if (upstream.Message is string said)
        {
            facts.Message = metadata.String("provider_name") is string provider ? $"{provider}: {said}" : said;
            facts.Code = upstream.Code;
            facts.Type = upstream.Type;
            facts.Param = upstream.Param;
            facts.Forms |= upstream.Forms;
            facts.Status ??= upstream.Status;
            facts.Context ??= upstream.Context;
            facts.Limit ??= upstream.Limit;
            facts.Reason ??= upstream.Reason;
            facts.Wait ??= upstream.Wait;
            facts.Upstream ??= said;
        }
    }

    // A list of errors (Cloudflare), or messages by field (ASP.NET Core's ValidationProblemDetails).
    private static void ReadErrors(ErrorNode errors, ErrorFacts facts, int nesting)
    {
        if (errors.Kind is JsonTokenType.StartArray or JsonTokenType.String)
        {
            ReadNode(errors, facts, nesting);
        }
        else if (errors is { Kind: JsonTokenType.StartObject, First: ErrorNode first })
        {
            facts.Param = first.Name;
            ReadNode(first, facts, nesting);
        }
    }

    private static void ReadDetail(ErrorNode detail, ErrorFacts facts, int nesting)
    {
        facts.Forms |= facts.Forms == ErrorForms.None ? ErrorForms.Detail : ErrorForms.None;
        if (detail.Kind == JsonTokenType.StartArray && detail.Items.Any(item => item["loc"] is not null))
        {
            ErrorDetails.ReadFastApi(detail, facts);
        }
        else if (facts.Message is null || detail.Kind == JsonTokenType.StartObject)
        {
            ReadNode(detail, facts, nesting);
        }
    }
}
