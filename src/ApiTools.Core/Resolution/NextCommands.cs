using System.Globalization;
using ApiTools.Errors;
using ApiTools.Text;

namespace ApiTools.Resolution;

/// <summary>The command to paste next for a failure that ApiTools did not meet itself, so that there is no request of its own to send again.</summary>
internal static class NextCommands
{
    // What stands behind the base address in that of a call.
    private static readonly string[] Endpoints = ["/chat/completions", "/completions", "/responses", "/embeddings", "/models"];

    // Longer than this nobody sits at a prompt.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromHours(1);

    /// <summary>A command with the values at hand; it works as it stands, or asks for what it needs.</summary>
    /// <param name="exception">The failure.</param>
    /// <param name="seen">What was seen of it.</param>
    public static string For(ApiException exception, Sighting seen) => exception.Code switch
    {
        "model_not_supported" => ListModels(seen.Model),
        "context_length_exceeded" => "Repair-ApiRequest -Path *.json -FitContext DropOldest",
        "invalid_value" or "missing_required_field" => "Test-ApiRequest -Path *.json",
        "rate_limit_exceeded" when exception is ApiLimitException { Limit.IsLargerThanLimit: true } => "Measure-ApiTokens -Path *.json",
        "rate_limit_exceeded" or "concurrent_limit_exceeded" or "internal_error" or "service_unavailable" or "timeout" => Wait(exception.RetryAfter),
        _ when exception.NextCommand.StartsWith("Connect-ApiService -BaseUri http", StringComparison.Ordinal) => exception.NextCommand,
        _ => Check(seen.Address),
    };

    private static string ListModels(string? model)
    {
        string? family = model?.Split('-', ':', '/')[0];
        return string.IsNullOrEmpty(family) ? "Get-ApiModel" : $"Get-ApiModel {PowerShellText.Quote(family + "*")}";
    }

    private static string Wait(TimeSpan? wait) => wait switch
    {
        null => "Start-Sleep -Seconds 10",
        TimeSpan time when time > LongestSleep => string.Format(CultureInfo.InvariantCulture, "(Get-Date).AddSeconds({0:0})", Math.Ceiling(time.TotalSeconds)),
        TimeSpan time => string.Format(CultureInfo.InvariantCulture, "Start-Sleep -Seconds {0:0}", Math.Max(1, Math.Ceiling(time.TotalSeconds))),
    };

    private static string Check(string? address)
    {
        if (address is null)
        {
            return ApiErrorCatalog.CheckConnection;
        }
        string whole = address.IndexOf("://", StringComparison.Ordinal) > 0 ? address : (IsThisMachine(address) ? "http://" : "https://") + address + "/v1";
        foreach (string endpoint in Endpoints)
        {
            int at = whole.IndexOf(endpoint, StringComparison.Ordinal);
            whole = at > 0 ? whole.Substring(0, at) : whole;
        }
        return $"Connect-ApiService -BaseUri {PowerShellText.Quote(whole)} -Test";
    }

    // What listens on this machine (Ollama, LM Studio, vLLM) speaks no TLS.
    private static bool IsThisMachine(string host) =>
        host.StartsWith("localhost", StringComparison.OrdinalIgnoreCase) || host.StartsWith("127.", StringComparison.Ordinal) || host.StartsWith("[::1]", StringComparison.Ordinal);
}
