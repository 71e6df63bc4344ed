using System.Runtime.CompilerServices;

namespace ApiTools.Http;

/// <summary>What a report of a failure tells beside the failure itself: over which connection it was met, when, and the answer's headers that support asks for.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Time">When the failure came.</param>
/// <param name="Headers">The headers worth showing, without secrets.</param>
internal sealed record FailureContext(ApiConnection Connection, DateTimeOffset Time, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    // For as long as the failure itself is kept.
    private static readonly ConditionalWeakTable<ApiException, FailureContext> Contexts = new();

    /// <summary>Keeps what is known of a failure; what was kept first stays.</summary>
    public void Keep(ApiException exception) => Contexts.GetValue(exception, _ => this);

    /// <summary>What is known of a failure; null where it met no service.</summary>
    public static FailureContext? Of(ApiException exception) => Contexts.TryGetValue(exception, out FailureContext? context) ? context : null;
}
