using ApiTools.Errors;
using ApiTools.Http;
using ApiTools.Text;
using ApiTools.Tokens;

namespace ApiTools.Chat;

/// <summary>The models of a service, joined with what is known of them.</summary>
internal static class ModelList
{
    /// <summary>The models, by name.</summary>
    /// <exception cref="ApiException">They could not be listed.</exception>
    public static async Task<IReadOnlyList<ModelInfo>> GetAsync(ApiConnection connection, TimeProvider time, CancellationToken cancellationToken)
    {
        IReadOnlyList<ServiceModel> models = await new ServiceProbe(connection, time).ListModelsAsync(cancellationToken).ConfigureAwait(false);
        return [.. models.OrderBy(model => model.Id, StringComparer.OrdinalIgnoreCase).Select(Join)];
    }

    /// <summary>The error for a model that is not on the list.</summary>
    public static ApiException NotOffered(string model, ApiConnection connection)
    {
        string nearest = NearestName.Find(model, connection.Models) is string name ? $" The nearest name is '{name}'." : string.Empty;
        return ApiExceptionFactory.Create(new ApiFailure
        {
            Code = "model_not_supported",
            Param = "model",
            Message = $"'{connection.BaseUri.Authority}' offers no model '{model}'.{nearest}",
            NextCommand = "Get-ApiModel",
        });
    }

    private static ModelInfo Join(ServiceModel model)
    {
        KnownModel? known = ModelCatalog.Find(model.Id);
        return new ModelInfo(model.Id, model.OwnedBy, model.Created, known?.ContextWindow, known?.MaxOutputTokens, known?.Encoding);
    }
}
