namespace ApiTools.Simulator;

/// <summary>Refuses requests for what is wrong with their address, their method or their key.</summary>
internal static class RequestGuard
{
    /// <summary>The answer to a request that may not come in; null for one that may.</summary>
    /// <param name="request">The request.</param>
    /// <param name="path">Its path, without a slash at its end.</param>
    public static WireAnswer? Refuse(WireRequest request, string path)
    {
        if (path is not (SimulatorService.ChatPath or SimulatorService.ModelsPath) && !path.StartsWith(SimulatorService.ModelPath, StringComparison.Ordinal))
        {
            return UnknownUrl(request, path);
        }
        return RefuseMethod(request, path == SimulatorService.ChatPath ? "POST" : "GET") ?? RefuseKey(SimulatorKeys.Read(request));
    }

    /// <summary>The answer to a request by another method than the one that is right; null for the right one.</summary>
    public static WireAnswer? RefuseMethod(WireRequest request, string method) =>
        request.Method == method
            ? null
            : WireAnswer.Error(405, "method_not_allowed", $"{request.Path} answers to {method}, not to {request.Method}.", null) with { Headers = [new("Allow", method)] };

    private static WireAnswer UnknownUrl(WireRequest request, string path)
    {
        bool lacksVersion = path is "/chat/completions" or "/models" || path.StartsWith("/models/", StringComparison.Ordinal);
        string hint = lacksVersion
            ? $"The base address lacks /v1: the path is /v1{path}."
            : $"The simulator answers POST {SimulatorService.ChatPath}, GET {SimulatorService.ModelsPath} and GET {SimulatorService.ModelPath}(id).";
        return WireAnswer.Error(404, "unknown_url", $"Unknown request URL: {request.Method} {request.Path}. {hint}", null);
    }

    private static WireAnswer? RefuseKey(string? key) => SimulatorKeys.Describe(key) switch
    {
        "valid" => null,
        "expired" => WireAnswer.Error(401, "expired_api_key", "The API key has expired.", null),
        "revoked" => WireAnswer.Error(401, "revoked_api_key", "The API key has been revoked.", null),
        "none" => WireAnswer.Error(401, "invalid_api_key", "There is no API key. Send it as a header: Authorization: Bearer (key).", null),
        _ => WireAnswer.Error(401, "invalid_api_key", "The API key is not one of this service.", null),
    };
}
