using System.Text.Json;
using ApiTools.Errors;

namespace ApiTools.Http;

/// <summary>Lists a service's models: the one cheap call that says whether address, key and model are right.</summary>
internal sealed class ServiceProbe(ApiConnection connection, TimeProvider time)
{
    private const int MaximumBytes = 16 * 1024 * 1024;

    private static readonly AttemptLimits Limits = new(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(30));

    /// <summary>The models that the service offers; the connection keeps their names.</summary>
    /// <exception cref="ApiException">The address, or the key, is wrong; the error says which.</exception>
    public async Task<IReadOnlyList<ServiceModel>> ListModelsAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ServiceModel> models = await FetchAsync(cancellationToken).ConfigureAwait(false);
        connection.ModelCache.Keep(models);
        connection.Models = [.. models.Select(model => model.Id)];
        return models;
    }

    /// <summary>The models that the service offers; nothing is kept.</summary>
    /// <exception cref="ApiException">The address, or the key, is wrong; the error says which.</exception>
    public async Task<IReadOnlyList<ServiceModel>> FetchAsync(CancellationToken cancellationToken)
    {
        AttemptLog log = new(time);
        log.Start(null);
        IReadOnlyList<ServiceModel> models;
        try
        {
            models = await new ApiTransport(connection, time)
                .SendAsync(new ApiRequest(HttpMethod.Get, "/models"), Limits, ReadAsync, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ApiException exception)
        {
            await TellAsync(log.Unsent(null, ApiRequestOutcome.Failed, exception)).ConfigureAwait(false);
            throw;
        }
        catch (OperationCanceledException)
        {
            await TellAsync(log.Unsent(null, ApiRequestOutcome.Cancelled, null)).ConfigureAwait(false);
            throw;
        }
        await TellAsync(log.Unsent(null, ApiRequestOutcome.Succeeded, null)).ConfigureAwait(false);
        return models;
    }

    private ValueTask TellAsync(AttemptEnd end) =>
        connection.Observer?.EndedAsync(new RequestRecord(connection, RequestRecord.ListModels, RequestRecord.NextCall(), end)) ?? default;

    private static async Task<IReadOnlyList<ServiceModel>> ReadAsync(ApiAnswer answer)
    {
        byte[] body = await answer.ReadAllAsync(MaximumBytes, cut: false).ConfigureAwait(false);
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement root = document.RootElement;
            // Together has a list alone; Google's own one, and Ollama's, call it models.
            JsonElement list = root.ValueKind != JsonValueKind.Object ? root
                : root.TryGetProperty("data", out JsonElement data) ? data
                : root.TryGetProperty("models", out JsonElement models) ? models : root;
            if (list.ValueKind == JsonValueKind.Array)
            {
                return [.. list.EnumerateArray().Select(ServiceModel.From).OfType<ServiceModel>()];
            }
        }
        catch (JsonException)
        {
            // Said below, as for any other answer that is no list of models.
        }
        throw ApiErrors.InvalidResponse(
            $"'{answer.Address}' answered no list of models ({answer.MediaType ?? "no content type"}): is this the address of an OpenAI-compatible API?");
    }
}
