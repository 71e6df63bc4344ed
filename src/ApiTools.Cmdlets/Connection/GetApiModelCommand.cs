using System.Management.Automation;
using ApiTools.Chat;

namespace ApiTools.Cmdlets;

/// <summary>Get-ApiModel: the models that the service offers, with what is known of their limits.</summary>
[Cmdlet(VerbsCommon.Get, "ApiModel")]
[OutputType(typeof(ModelInfo))]
public sealed class GetApiModelCommand : ApiServiceCmdlet
{
    /// <summary>Names; wildcards are allowed. All models where left out.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Id { get; set; } = ["*"];

    /// <summary>Asks the service even where the connection's list is less than five minutes old.</summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        IReadOnlyList<ModelInfo> models = RunOrThrow(token => ModelList.GetAsync(Service, Refresh, TimeProvider.System, token), Service);
        FinishLog(Service);
        WriteNamed(models, model => model.Id, Id, nameof(Id), id => ModelList.NotOffered(id, Service));
    }
}
