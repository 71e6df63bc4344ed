using System.Diagnostics;
using System.Reflection;
using ApiTools.Errors;
using ApiTools.Simulator;
using Xunit.Abstractions;

namespace ApiTools.Core.Tests.Simulator;

/// <summary>Programs that are not .NET talk to the simulator: curl, and npm's openai where node is found.</summary>
public sealed class OtherClientTests(ITestOutputHelper output)
{
    private static readonly TimeSpan InstallPatience = TimeSpan.FromMinutes(5);

    [ProgramFact("curl")]
    public async Task Curl_chats_streams_and_sees_the_status_of_each_documented_code()
    {
        List<ErrorCodeInfo> documented = [.. ApiErrorCatalog.All.Where(info => info.IsDocumented)];
        await using SimulatorFixture simulator = SimulatorFixture.Start([.. documented.Select(info => new SimulatorFault { Code = info.Code, Prompt = info.Code })]);
        string url = $"http://localhost:{simulator.Port}/v1/chat/completions";
        string[] common = ["-sS", "--noproxy", "*", "--max-time", "30", url, "-H", $"Authorization: Bearer {SimulatorKeys.Valid}", "-H", "Content-Type: application/json"];

        string? plain = await RunAsync("curl", [.. common, "-d", SimulatorFixture.Body("Hello curl")]);
        Assert.Contains("You asked: \\\"Hello curl\\\"", plain, StringComparison.Ordinal);
        string? stream = await RunAsync("curl", [.. common, "-N", "-d", SimulatorFixture.Body("Hello curl", ",\"stream\":true")]);
        Assert.EndsWith("data: [DONE]\n\n", stream!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        foreach (ErrorCodeInfo info in documented)
        {
            string? error = await RunAsync("curl", [.. common, "-w", "|%{http_code}", "-d", SimulatorFixture.Body(info.Code)]);
            Assert.Contains($"\"code\":\"{info.Code}\"", error, StringComparison.Ordinal);
            Assert.EndsWith($"|{info.Status}", error, StringComparison.Ordinal);
        }
        // More than 1 MB: curl asks leave first (Expect: 100-continue).
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, SimulatorFixture.Body(new string('a', 1_200_000)));
            string? large = await RunAsync("curl", [.. common, "-d", $"@{file}"]);
            Assert.Contains("context_length_exceeded", large, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [ProgramFact("node", "npm")]
    public async Task Npms_openai_chats_streams_and_throws_its_own_errors()
    {
        string folder = Path.Combine(OutFolder(), "tools", "npm-openai");
        if (!await InstallAsync(folder))
        {
            output.WriteLine("Not run: npm could not install openai (is its registry out of reach?).");
            return;
        }
        List<ErrorCodeInfo> documented = [.. ApiErrorCatalog.All.Where(info => info.IsDocumented)];
        await using SimulatorFixture simulator = SimulatorFixture.Start([.. documented.Select(info => new SimulatorFault { Code = info.Code, Prompt = info.Code })]);
        string script = Path.Combine(folder, "chat.mjs");
        await File.WriteAllTextAsync(script, """
            import OpenAI from 'openai';
            const [baseURL, apiKey, ...codes] = process.argv.slice(2);
            const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
            const ask = (content, more) => client.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content }], ...more });
            console.log((await ask('Hello node')).choices[0].message.content);
            let text = '';
            for await (const chunk of await ask('Hello node', { stream: true })) text += chunk.choices[0]?.delta?.content ?? '';
            console.log(text);
            for (const code of codes) {
              try { await ask(code); console.log(`${code}: no error`); }
              catch (e) { console.log(`${e.constructor.name} ${e.status} ${e.code} ${e.requestID}`); }
            }
            """);
        string? all = await RunAsync("node", [script, simulator.BaseUri.ToString(), SimulatorKeys.Valid, .. documented.Select(info => info.Code)]);
        Assert.NotNull(all);
        string[] lines = all.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        Assert.StartsWith("You asked: \"Hello node\"", lines[0], StringComparison.Ordinal);
        Assert.Equal(lines[0], lines[1]);
        Dictionary<int, string> classes = new()
        {
            [400] = "BadRequestError",
            [401] = "AuthenticationError",
            [429] = "RateLimitError",
            [500] = "InternalServerError",
            [503] = "InternalServerError",
        };
        for (int i = 0; i < documented.Count; i++)
        {
            int status = documented[i].Status!.Value;
            Assert.Equal($"{classes[status]} {status} {documented[i].Code} req_sim_{i + 3:d6}", lines[i + 2]);
        }
    }

    private static string OutFolder()
    {
        // out/build/bin/ApiTools.Core.Tests/(configuration)/: out/ is where everything goes that a test writes.
        DirectoryInfo? folder = new(Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!);
        while (folder is not null && folder.Name != "out")
        {
            folder = folder.Parent;
        }
        return folder?.FullName ?? Path.GetTempPath();
    }

    private static async Task<bool> InstallAsync(string folder)
    {
        if (Directory.Exists(Path.Combine(folder, "node_modules", "openai")))
        {
            return true;
        }
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "package.json"), """{"private":true,"type":"module"}""");
        string npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        return await RunAsync(npm, ["install", "--prefix", folder, "--no-audit", "--no-fund", "openai@6"]) is not null;
    }

    // What it writes; null where it fails.
    private static async Task<string?> RunAsync(string program, string[] arguments)
    {
        using Process process = new() { StartInfo = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true } };
        process.Start();
        using CancellationTokenSource patience = new(InstallPatience);
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync(patience.Token);
            string written = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await errors;
            await process.WaitForExitAsync(patience.Token);
            return process.ExitCode == 0 ? written : null;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return null;
        }
    }
}
