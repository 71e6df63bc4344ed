namespace ApiTools.Errors;

/// <summary>What stands in the places of a <see cref="SentencePattern"/>.</summary>
internal sealed class SentenceMatch
{
    public long? Max { get; private set; }

    public long? All { get; private set; }

    public long? Messages { get; private set; }

    public long? Completion { get; private set; }

    public long? Limit { get; private set; }

    public long? Used { get; private set; }

    public long? Requested { get; private set; }

    public long? Seconds { get; private set; }

    public string? Unit { get; set; }

    public TimeSpan? Window { get; set; }

    public string? Anything { get; set; }

    /// <summary>Sets the number of a place; false for a place that does not exist.</summary>
    public bool Set(string place, long number)
    {
        switch (place)
        {
            case "max":
                Max = number;
                return true;
            case "all":
                All = number;
                return true;
            case "messages":
                Messages = number;
                return true;
            case "completion":
                Completion = number;
                return true;
            case "limit":
                Limit = number;
                return true;
            case "used":
                Used = number;
                return true;
            case "requested":
                Requested = number;
                return true;
            case "seconds":
                Seconds = number;
                return true;
            default:
                return false;
        }
    }
}
