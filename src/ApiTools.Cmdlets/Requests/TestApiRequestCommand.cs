using System.Management.Automation;
using ApiTools.Validation;

namespace ApiTools.Cmdlets;

/// <summary>
/// Test-ApiRequest: everything that is wrong with a request, before it is sent. As compilers do, it writes an error for each fault and a
/// warning for each doubt, and its output is the report.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "ApiRequest", DefaultParameterSetName = InputObjectSet)]
[OutputType(typeof(RequestReport))]
[OutputType(typeof(bool))]
public sealed class TestApiRequestCommand : ApiRequestCmdlet
{
    /// <summary>Writes True or False for each request, and no findings.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override string Verb => "check";

    private protected override void ProcessWhole(string path)
    {
        byte[] json = Pump.Await(token => InputFile.ReadAsync(path, token));
        Check(json, new RequestCheckOptions { Source = path }, path, Shorten(path));
    }

    private protected override void ProcessValue(object? value, object? input)
    {
        (byte[] json, RequestCheckOptions check) = ReadValue(value, input);
        Check(json, check, input, null);
    }

    private protected override void ProcessLines(string path)
    {
        string name = Shorten(path);
        BatchIds ids = new();
        RequestCheckOptions quiet = new() { BatchIds = ids };
        bool any = ReadLines(
            path,
            line =>
            {
                if (Quiet)
                {
                    Write(Pump.Compute(line.Json.Length, (line, quiet), static (one, _) => RequestValidator.IsValid(one.line, one.quiet)));
                    return;
                }
                string source = PlaceOf(path, line);
                RequestCheckOptions options = new() { Source = source, BatchIds = ids };
                Tell(Pump.Compute(line.Json.Length, (line, options), static (one, _) => RequestValidator.Validate(one.line, one.options)), line.Json, source, name);
            },
            done: "checked");
        if (!any)
        {
            Check([], new RequestCheckOptions { Source = path }, path, name);
        }
    }

    private void Check(byte[] json, RequestCheckOptions options, object? target, string? file)
    {
        if (Quiet)
        {
            Write(Pump.Compute(json.Length, _ => RequestValidator.IsValid(json, options)));
            return;
        }
        Tell(Pump.Compute(json.Length, _ => RequestValidator.Validate(json, options)), json, target, file);
    }

    private void Tell(RequestReport report, ReadOnlyMemory<byte> json, object? target, string? file)
    {
        Lazy<byte[]> body = new(() => report.BodyOf(json).ToArray());
        foreach (Finding finding in report.Findings)
        {
            WriteFinding(finding, report, json, body, target, file);
        }
        Write(report);
    }
}
