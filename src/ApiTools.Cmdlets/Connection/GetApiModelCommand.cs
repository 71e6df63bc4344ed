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
    public string[] Id { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        IReadOnlyList<ModelInfo> models = RunOrThrow(token => ModelList.GetAsync(Service, TimeProvider.System, token), Service);
        foreach (string id in Id)
        {
            WildcardPattern pattern = WildcardPattern.Get(id, WildcardOptions.IgnoreCase);
            List<ModelInfo> named = [.. models.Where(model => pattern.IsMatch(model.Id))];
            if (named.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(id))
            {
                WriteFailure(ModelList.NotOffered(id, Service), id);
            }
            WriteObject(named, enumerateCollection: true);
        }
    }
}
