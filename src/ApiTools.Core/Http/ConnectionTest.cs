using ApiTools.Errors;
using ApiTools.Text;

namespace ApiTools.Http;

/// <summary>Says whether a connection's address, key and model are right, and which of them is wrong.</summary>
internal static class ConnectionTest
{
    /// <summary>Lists the models and looks for the connection's own.</summary>
    /// <returns>How many models there are.</returns>
    /// <exception cref="ApiException">What is wrong: the address, the key or the model.</exception>
    public static async Task<int> RunAsync(ApiConnection connection, TimeProvider time, CancellationToken cancellationToken)
    {
        IReadOnlyList<ServiceModel> models;
        try
        {
            models = await new ServiceProbe(connection, time).ListModelsAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException exception) when (exception.NextCommand == ApiErrorCatalog.CheckConnection)
        {
            // The connection under test is not kept yet: the catalogue's command would try another.
            exception.NextCommand = ConnectCommand.Test(connection, asksForKey: exception is ApiAuthenticationException || connection.KeyText is not null);
            throw;
        }
        if (connection.Model is string model && !models.Any(offered => offered.Id == model))
        {
            string nearest = NearestName.Find(model, connection.Models) is string name ? $" The nearest name is '{VisibleText.Line(name)}'." : string.Empty;
            throw ApiExceptionFactory.Create(new ApiFailure
            {
                Code = "model_not_supported",
                Param = "model",
                Message = $"Address and key are right, but the service offers no model '{Redactor.Redact(VisibleText.Line(model))}'.{nearest}",
                NextCommand = $"Connect-ApiService -BaseUri {connection.BaseUri.AbsoluteUri.TrimEnd('/')} -Test | Select-Object -ExpandProperty Models",
            });
        }
        return models.Count;
    }
}
