using ApiTools.Errors;
using ApiTools.Http;
using ApiTools.Text;
using ApiTools.Tokens;

namespace ApiTools.Chat;

/// <summary>The models of a service, joined with what is known of them.</summary>
internal static class ModelList
{
    /// <summary>The models, by name; asked for again where the connection's list is too old.</summary>
    /// <param name="connection">Whose.</param>
    /// <param name="refresh">True to ask in any case.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="ApiException">They could not be listed.</exception>
    public static async Task<IReadOnlyList<ModelInfo>> GetAsync(ApiConnection connection, bool refresh, TimeProvider time, CancellationToken cancellationToken)
    {
        // A list that only completed words is not one that refuses requests: Models says that somebody asked for it.
        IReadOnlyList<ServiceModel> models = !refresh && connection.Models.Count > 0 && connection.ModelCache.Fresh is IReadOnlyList<ServiceModel> fresh
            ? fresh
            : await new ServiceProbe(connection, time).ListModelsAsync(cancellationToken).ConfigureAwait(false);
        return [.. models.OrderBy(model => model.Id, StringComparer.OrdinalIgnoreCase).Select(Describe)];
    }

    /// <summary>The error for a model that is not on the list.</summary>
    public static ApiException NotOffered(string model, ApiConnection connection)
    {
        string nearest = NearestName.Find(model, connection.Models) is string name ? $" The nearest name is '{VisibleText.Line(name)}'." : string.Empty;
        return ApiExceptionFactory.Create(new ApiFailure
        {
            Code = "model_not_supported",
            Param = "model",
            Message = $"'{connection.BaseUri.Authority}' offers no model '{Redactor.Redact(VisibleText.Line(model))}'.{nearest}",
            NextCommand = "Get-ApiModel",
        });
    }

    /// <summary>A model that a service offers, with what is known of it.</summary>
    public static ModelInfo Describe(ServiceModel model)
    {
        KnownModel? known = ModelCatalog.Find(model.Id);
        // The service knows its own limits best: a gateway's are often less than the model's.
        return new ModelInfo(
            model.Id, model.OwnedBy, model.Created, model.ContextWindow ?? known?.ContextWindow, model.MaxOutputTokens ?? known?.MaxOutputTokens, known?.Encoding)
        {
            InputModalities = model.InputModalities.Count > 0 ? model.InputModalities : known?.InputModalities ?? [],
            OutputModalities = model.OutputModalities.Count > 0 ? model.OutputModalities : known?.OutputModalities ?? [],
        };
    }
}
