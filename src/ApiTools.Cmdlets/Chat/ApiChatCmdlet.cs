using System.Collections;
using System.Management.Automation;
using ApiTools.Chat;
using ApiTools.Errors;

namespace ApiTools.Cmdlets;

/// <summary>The base of a cmdlet that sends chats: the parameters of a request.</summary>
public abstract class ApiChatCmdlet : ApiSchemaCmdlet
{
    /// <summary>The model. The connection's where left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string? Model { get; set; }

    /// <summary>0 to 2: how far the answer strays. The service's default where left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RequestValueCompleter))]
    public double? Temperature { get; set; }

    /// <summary>0 to 1: the share of likely tokens that are considered. The service's default where left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RequestValueCompleter))]
    public double? TopP { get; set; }

    /// <summary>The most tokens of the answer. The service's default where left out.</summary>
    [Parameter]
    public int? MaxTokens { get; set; }

    /// <summary>Up to four texts at which the answer ends.</summary>
    [Parameter]
    public string[]? Stop { get; set; }

    /// <summary>Asks for the same answer to the same request, as far as the service can.</summary>
    [Parameter]
    public long? Seed { get; set; }

    /// <summary>-2 to 2: above 0 the answer turns to new subjects. The service's default where left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RequestValueCompleter))]
    public double? PresencePenalty { get; set; }

    /// <summary>-2 to 2: above 0 the answer repeats fewer words. The service's default where left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RequestValueCompleter))]
    public double? FrequencyPenalty { get; set; }

    /// <summary>How much a reasoning model thinks: low, medium, high. The service's default where left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RequestValueCompleter))]
    public string? ReasoningEffort { get; set; }

    /// <summary>Further members of the request, by the names that the service gives them.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RequestPropertyCompleter))]
    [ValidateNotNull]
    public IDictionary? Property { get; set; }

    /// <summary>What each call of the command has in common.</summary>
    /// <param name="stream">Whether answers are streamed.</param>
    /// <exception cref="ApiRequestException">invalid_value: a property has no JSON meaning, or is another parameter's.</exception>
    private protected ChatParameters ReadParameters(bool stream)
    {
        if (Stop is not null && Array.IndexOf(Stop, null) >= 0)
        {
            throw ApiErrors.InvalidValue("stop", "-Stop has $null in it.", "Get-Help Invoke-ApiChat -Parameter Stop");
        }
        ChatParameters parameters = new()
        {
            Model = Model,
            Temperature = Temperature,
            TopP = TopP,
            MaxTokens = MaxTokens,
            Stop = Stop,
            Seed = Seed,
            PresencePenalty = PresencePenalty,
            FrequencyPenalty = FrequencyPenalty,
            ReasoningEffort = ReasoningEffort,
            ResponseFormat = AnswerSchema?.ResponseFormat,
            Property = Property is null ? null : RequestProperties.Read(Property, MyInvocation.BoundParameters),
            Stream = stream,
        };
        // What no request can carry (NaN, half a surrogate pair) ends the command at once, and not each input of thousands.
        _ = ChatRequestWriter.Write([], parameters);
        return parameters;
    }
}
