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
        foreach (string id in Id)
        {
            if (FindNamed(models, id) is not List<ModelInfo> named)
            {
                continue;
            }
            if (named.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(id))
            {
                WriteFailure(ModelList.NotOffered(id, Service), id);
            }
            WriteObject(named, enumerateCollection: true);
        }
    }

    // Null where the name is no pattern, which is said.
    private List<ModelInfo>? FindNamed(IReadOnlyList<ModelInfo> models, string id)
    {
        try
        {
            return NameFilter.Find(models, model => model.Id, id, nameof(Id));
        }
        catch (ApiException exception)
        {
            WriteFailure(exception, id);
            return null;
        }
    }
}
