// Prints how a call compares with a bare HttpClient call of the same bytes. An argument is how many calls to time, 5000 where left out.
using System.Globalization;
using System.Text;
using ApiTools.Benchmarks;

int calls = args is [string count, ..] ? int.Parse(count, CultureInfo.InvariantCulture) : 5000;
string prompt = string.Concat(Enumerable.Repeat("How do I read a file line by line in PowerShell? ", 20));
byte[] request = Encoding.UTF8.GetBytes($$"""{"model":"gpt-4o","messages":[{"role":"user","content":"{{prompt}}"}]}""");
byte[] answer = Encoding.UTF8.GetBytes(
    $$$"""{"id":"chatcmpl-1","object":"chat.completion","created":1700000000,"model":"gpt-4o","choices":[{"index":0,"message":{"role":"assistant","content":"{{{prompt}}}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":240,"completion_tokens":240,"total_tokens":480}}""");

using RawResponder server = new(answer);
using BareCall bare = new(server.BaseUri, request);
using BareCall again = new(server.BaseUri, request);
Contest contest = new(calls);
using EngineCall engine = new(server.BaseUri, request);
await contest.RunAsync("call at the engine", engine.SendAsync, "bare call", bare.SendAsync);
// The control: whatever differs from 1 here is noise.
await contest.RunAsync("bare call", again.SendAsync, "bare call", bare.SendAsync);
