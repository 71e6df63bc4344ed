using System.Text;

namespace ApiTools.Batch;

/// <summary>What all requests of a job share. Another model or parameter is another job.</summary>
internal sealed class JobDescription
{
    private const string DigestMark = "sha256:";

    /// <summary>A job. What is null was not given, and is left out.</summary>
    /// <param name="model">The model.</param>
    /// <param name="parameters">Names and values, which the journal shows.</param>
    /// <param name="texts">Names and texts, such as the prompt: the journal shows a digest of each.</param>
    public JobDescription(string? model, IEnumerable<(string Name, string? Value)> parameters, IEnumerable<(string Name, string? Text)> texts)
        : this(model, Collect(parameters, texts), null)
    {
    }

    private JobDescription(string? model, IReadOnlyDictionary<string, string> parameters, string? fingerprint)
    {
        Model = model;
        Parameters = parameters;
        Fingerprint = fingerprint ?? MakeFingerprint();
    }

    public string? Model { get; }

    /// <summary>Each parameter; a text as its digest.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; }

    /// <summary>The SHA-256 of all that, hexadecimal: equal for equal jobs.</summary>
    public string Fingerprint { get; }

    /// <summary>A job as its journal has it.</summary>
    public static JobDescription Recorded(string? model, IReadOnlyDictionary<string, string> parameters, string fingerprint) =>
        new(model, parameters, fingerprint);

    /// <summary>What is different from another job, by name.</summary>
    public IReadOnlyList<JobChange> ChangesFrom(JobDescription before)
    {
        List<JobChange> changes = [];
        if (before.Model != Model)
        {
            changes.Add(new JobChange("model", before.Model, Model, false));
        }
        foreach (string name in before.Parameters.Keys.Union(Parameters.Keys).OrderBy(name => name, StringComparer.Ordinal))
        {
            string? old = Find(before.Parameters, name);
            string? now = Find(Parameters, name);
            if (old != now)
            {
                changes.Add(new JobChange(name, old, now, IsDigest(old) || IsDigest(now)));
            }
        }
        return changes;
    }

    private static SortedDictionary<string, string> Collect(
        IEnumerable<(string Name, string? Value)> parameters, IEnumerable<(string Name, string? Text)> texts)
    {
        SortedDictionary<string, string> all = new(StringComparer.Ordinal);
        foreach ((string name, string? value) in parameters)
        {
            if (value is not null)
            {
                all.Add(name, value);
            }
        }
        foreach ((string name, string? text) in texts)
        {
            if (text is not null)
            {
                all.Add(name, DigestMark + Digest.Hex(Digest.Sha256(Encoding.UTF8.GetBytes(text))));
            }
        }
        return all;
    }

    // Lengths stand before texts, so that no two different jobs make one text.
    private string MakeFingerprint()
    {
        StringBuilder all = new();
        Add(all, Model);
        foreach (KeyValuePair<string, string> parameter in Parameters.OrderBy(parameter => parameter.Key, StringComparer.Ordinal))
        {
            Add(all, parameter.Key);
            Add(all, parameter.Value);
        }
        return Digest.Hex(Digest.Sha256(Encoding.UTF8.GetBytes(all.ToString())));

        static void Add(StringBuilder to, string? text) => to.Append(FormattableString.Invariant($"{text?.Length ?? -1}:")).Append(text).Append('\n');
    }

    private static bool IsDigest(string? value) => value?.StartsWith(DigestMark, StringComparison.Ordinal) == true;

    private static string? Find(IReadOnlyDictionary<string, string> parameters, string name) =>
        parameters.TryGetValue(name, out string? value) ? value : null;
}
