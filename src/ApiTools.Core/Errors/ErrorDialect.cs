namespace ApiTools.Errors;

/// <summary>A kind of answer, by which the service, or the gateway, or the server before it is known.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Seen">Where that form was seen.</param>
/// <param name="IsMarked">Whether an answer is of that kind.</param>
internal sealed record ErrorDialect(string Name, string Seen, Func<ErrorNode?, AnswerHeaders, string, bool> IsMarked);
