using ApiTools.Validation;

namespace ApiTools.Repair;

/// <summary>A count in proportion to what a service counted of the whole.</summary>
/// <param name="own">The count that it is in proportion to.</param>
/// <param name="scale">How many tokens of the service's go to one of the own.</param>
internal sealed class ProportionalTokenCount(ITokenCount own, double scale) : ITokenCount
{
    public bool IsExact => false;

    // The service has counted all there is.
    public IReadOnlyCollection<string> Gaps => [];

    public long Count(IEnumerable<JsonSlice> messages) => (long)Math.Ceiling(own.Count(messages) * scale);

    public long CountTools(IEnumerable<JsonSlice> definitions) => own.CountTools(definitions);
}
