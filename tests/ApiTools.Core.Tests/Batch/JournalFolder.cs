using System.Text;
using ApiTools.Batch;
using ApiTools.Errors;

namespace ApiTools.Core.Tests.Batch;

/// <summary>A folder for journals, gone at the end, and what the journals' tests make alike.</summary>
internal sealed class JournalFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("apitools-journal-");

    public static JobDescription Job { get; } = new("gpt-4o", [("temperature", "0.5")], [("prompt", "Say {n}")]);

    public string this[string name] => Path.Combine(_folder.FullName, name);

    public string File => this["job.jsonl"];

    public void Dispose() => _folder.Delete(recursive: true);

    public Task<JobJournal> OpenAsync(JobDescription? job = null) => JobJournal.OpenAsync(File, job ?? Job, TimeProvider.System, CancellationToken.None);

    /// <summary>The lines of the file, without their line feeds.</summary>
    public string[] Lines() => System.IO.File.ReadAllLines(File);

    public static byte[] Request(int number) => Encoding.UTF8.GetBytes($$"""{"model":"gpt-4o","messages":[{"role":"user","content":"Say {{number}}"}]}""");

    public static ChatCompletion Answer(int number) =>
        new("c" + number, "gpt-4o", [new ChatChoice(0, "It is " + number, null, null, [], "stop")], new ChatUsage(10, number, 10 + number, null, null))
        {
            RequestId = "req_" + number,
            Duration = TimeSpan.FromTicks(12_345_678),
            AttemptHistory =
            [
                new ApiAttempt(1, "gpt-4o", 429, "rate_limit_exceeded", TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(2), "tried again after 2 s"),
                new ApiAttempt(2, "gpt-4o", 200, null, TimeSpan.FromTicks(1), null, "it succeeded"),
            ],
        };

    public static ApiException Failure(string code, int? status) => ApiExceptionFactory.Create(new ApiFailure
    {
        Code = code,
        Status = status,
        Message = $"It failed: {code}",
        ServiceCode = "their_code",
        Type = "their_type",
        Param = "messages[0]",
        RequestId = "req_f",
    });
}
