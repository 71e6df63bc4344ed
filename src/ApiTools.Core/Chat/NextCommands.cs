using System.Globalization;
using ApiTools.Http;
using ApiTools.Text;

namespace ApiTools.Chat;

/// <summary>The command to paste after a failure, with the values at hand. It names only what exists in this version.</summary>
internal static class NextCommands
{
    private const string Schema = "-Schema $Error[0].Exception.Schema";

    private static readonly string[] SchemaWords = ["response_format", "json_schema", "structured output"];

    private const string SendAgain = "Invoke-ApiChat -Request $Error[0].Exception.Request";

    /// <summary>A better command than the catalogue's; null where the catalogue's is as good.</summary>
    public static string? For(ApiException exception, ApiConnection connection, ChatCall call) => exception.Code switch
    {
        _ when RefusesSchema(exception, call) => $"{SendAgain} {Schema} -SchemaMode {ChatSchemaMode.Prompt}",
        "invalid_api_key" or "expired_api_key" or "revoked_api_key" => ConnectCommand.Test(connection, asksForKey: true),
        "model_not_supported" => call.Model is null ? null : ForModel(call.Model, connection),
        "context_length_exceeded" => Fit(exception, call),
        "service_unavailable" when Another(call, connection.Models) is string model => $"{SendAgain} -FallbackModel {PowerShellText.Argument(model)}",
        "concurrent_limit_exceeded" when call.ThrottleLimit < int.MaxValue =>
            $"{SendAgain} -ThrottleLimit {Math.Max(1, call.ThrottleLimit / 2).ToString(CultureInfo.InvariantCulture)}",
        "rate_limit_exceeded" or "service_unavailable" when exception.RetryAfter is TimeSpan wait && exception.Retry != RetryAdvice.Never && wait > call.Retry.MaximumWait =>
            $"{SendAgain} -MaximumWaitSec {Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture)}",
        _ => null,
    };

    /// <summary>The request again, with the nearest of the models that the service is known to offer; null where none is near.</summary>
    public static string? ForModel(string model, ApiConnection connection) =>
        NearestName.Find(model, connection.Models) is string nearest ? $"{SendAgain} -Model {PowerShellText.Argument(nearest)}" : null;

    /// <summary>The command after an answer that is not what its schema says: it asks once more for what does not match, and for more of what was cut.</summary>
    public static string ForAnswer(ApiException exception, ChatCall call) => exception.Code switch
    {
        "schema_mismatch" => WithSchema($"{SendAgain} -RetryInvalid", call),
        "answer_cut" => WithSchema($"{SendAgain} -MaxTokens {TwiceTheTokens(exception).ToString(CultureInfo.InvariantCulture)}", call),
        _ => exception.NextCommand,
    };

    /// <summary>A command that sends a request again, with the schema that its answer has to match.</summary>
    public static string WithSchema(string command, ChatCall call)
    {
        if (call.Schema is not AnswerSchema schema || !command.StartsWith(SendAgain, StringComparison.Ordinal) || command.IndexOf(Schema, StringComparison.Ordinal) >= 0)
        {
            return command;
        }
        string mode = schema.Mode == ChatSchemaMode.Strict ? string.Empty : $" -SchemaMode {schema.Mode}";
        return $"{SendAgain} {Schema}{mode}{command.Substring(SendAgain.Length)}";
    }

    private static long TwiceTheTokens(ApiException exception) => 2L * (((exception as ApiResponseException)?.Completion as ChatCompletion)?.Usage?.CompletionTokens ?? 2048);

    // A service that knows no response_format, or no schema in it, says so in its own words and under its own code: what all have in common is what they name.
    private static bool RefusesSchema(ApiException exception, ChatCall call) =>
        call.Schema is AnswerSchema { Mode: not ChatSchemaMode.Prompt } && exception.Status is 400 or 404 or 422 or 501
        && Array.Exists(SchemaWords, word => exception.Message.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0 || exception.Param?.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);

    // The page: reduce messages or max_tokens. Where at least half of the answer that was asked for still has room, nothing else is lost.
    private static string? Fit(ApiException exception, ChatCall call)
    {
        if (exception.Context is { Maximum: int window, Messages: int messages, Completion: int answer } && window - messages is int room && room > 0 && room >= answer / 2)
        {
            return $"{SendAgain} -MaxTokens {room.ToString(CultureInfo.InvariantCulture)}";
        }
        return call.FitsContext ? "$Error[0] | Measure-ApiTokens" : null;
    }

    private static string? Another(ChatCall call, IReadOnlyList<string> models) =>
        models.FirstOrDefault(other => !call.Models.Contains(other, StringComparer.OrdinalIgnoreCase));
}
