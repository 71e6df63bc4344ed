using ApiTools.Text;

namespace ApiTools;

/// <summary>What is in a journal, in numbers.</summary>
public sealed class JournalSummary
{
    internal JournalSummary(string path)
    {
        Path = path;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>How many jobs: each change of the model or a parameter begins another.</summary>
    public int Jobs { get; internal set; }

    /// <summary>How many inputs have an answer.</summary>
    public int Answered { get; internal set; }

    /// <summary>How many inputs have none, and failed when they were last tried.</summary>
    public int Failed { get; internal set; }

    /// <summary>The tokens of all answers together, as the service counted.</summary>
    public long Tokens { get; internal set; }

    /// <summary>When the first input ended; null where none has.</summary>
    public DateTimeOffset? FirstTime { get; internal set; }

    /// <summary>When the last input ended; null where none has.</summary>
    public DateTimeOffset? LastTime { get; internal set; }

    /// <summary>The models that answered.</summary>
    public IReadOnlyList<string> Models { get; internal set => field = ReadableList<string>.Of(value); } = ReadableList<string>.Nothing;

    /// <summary>The file's length in bytes.</summary>
    public long Bytes { get; internal set; }

    /// <summary>True where a command writes to it now.</summary>
    public bool IsInUse { get; internal set; }

    /// <summary>How many bytes at its end are half a line, which the next run takes off; 0 while a command writes to it.</summary>
    public long TornBytes { get; internal set; }

    /// <summary>One line.</summary>
    public override string ToString() => $"{Answered} answered, {Failed} failed";
}
