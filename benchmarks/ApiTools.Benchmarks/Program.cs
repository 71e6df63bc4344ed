// How the engine compares with the barest that does the same, and with its peers: the same bytes from the same local server, by turns, so
// that what slows the machine for a moment slows all alike. Ratios count; times are this machine's.
//
//   call [calls]            one call, beside a bare HttpClient's; 5000 calls
//   parallel [rounds]       64 calls at once; 200 rounds
//   stream [rounds]         20,000 chunks (5.9 MB): by the engine without observer, with one for text, with one for chunks, beside read-and-discard,
//                           System.Net.ServerSentEvents with a JsonDocument a chunk, and OpenAI's SDK; 30 rounds; in the shapes that services send
//   first [rounds]          the same as the first thing that a process does: a new process each time; 10 rounds
//   parts [rounds]          what of that is the event-stream reader's and what the chunks', over bytes in memory; 100 rounds
//   validate [rounds]       the check of 200 requests, its syntax alone and with the rules, beside a bare Utf8JsonReader over the same bytes; and
//                           as hostile; 1000 rounds
//   hostile                 the check of hostile texts of 1 MB and of 4 MB, which have to take four times as long and no longer
//   tokens [encoding] [rounds] FOLDER...
//                           token counts of the texts in each folder (a line a text where it is called chat), beside Microsoft.ML.Tokenizers' and
//                           SharpToken's; hostile texts of 200 KB; the load of an encoding; 5 rounds
//   errors [rounds]         an error's body resolved, beside a bare JsonDocument.Parse of it; and every shape of the tests' table; 100 rounds
//   log [rounds]            what a log costs the thread that makes a call, and reading one beside a bare Utf8JsonReader over its lines; 50 rounds
//   client NAME ADDRESS     what a process of `first` runs; prints milliseconds
//
// Without arguments: all but the last nine, with the numbers above.
using System.Globalization;
using ApiTools.Benchmarks;

string command = args is [string name, ..] ? name : "all";
int count = args is [not "tokens", string number] ? int.Parse(number, CultureInfo.InvariantCulture) : 0;
switch (command)
{
    case "call":
        await CallBenchmark.OneAsync(count == 0 ? 5000 : count);
        break;
    case "parallel":
        await CallBenchmark.ParallelAsync(count == 0 ? 200 : count);
        break;
    case "stream":
        await StreamBenchmark.WarmAsync(count == 0 ? 30 : count);
        break;
    case "first":
        await StreamBenchmark.FirstAsync(count == 0 ? 10 : count);
        break;
    case "parts":
        await PartsBenchmark.RunAsync(count == 0 ? 100 : count);
        break;
    case "validate":
        await ValidateBenchmark.RunAsync(count == 0 ? 1000 : count);
        ValidateBenchmark.PrintHostile();
        break;
    case "rules":
        await ValidateBenchmark.RunAsync(count == 0 ? 1000 : count);
        break;
    case "hostile":
        ValidateBenchmark.PrintHostile();
        break;
    case "tokens":
        TokensBenchmark.Run(args[1..]);
        break;
    case "errors":
        await ErrorBenchmark.RunAsync(count == 0 ? 100 : count);
        break;
    case "log":
        await LogBenchmark.RunAsync(count == 0 ? 50 : count);
        break;
    case "client" when args is [_, string contender, string address]:
        await StreamBenchmark.ClientAsync(contender, new Uri(address));
        break;
    case "all":
        await CallBenchmark.OneAsync(5000);
        await CallBenchmark.ParallelAsync(200);
        await StreamBenchmark.WarmAsync(30);
        await StreamBenchmark.FirstAsync(10);
        break;
    default:
        Console.Error.WriteLine("call, parallel, stream, first, parts, validate, rules, hostile, tokens, errors or log, and how often; nothing for all.");
        return 1;
}
return 0;
