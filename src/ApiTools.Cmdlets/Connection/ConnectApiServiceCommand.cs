using System.Management.Automation;
using System.Security;
using ApiTools.Diagnostics;
using ApiTools.Errors;
using ApiTools.Http;

namespace ApiTools.Cmdlets;

/// <summary>Connect-ApiService: says which service the other cmdlets talk to, with which key.</summary>
[Cmdlet(VerbsCommunications.Connect, "ApiService", DefaultParameterSetName = ServiceSet)]
[OutputType(typeof(ApiConnection))]
public sealed class ConnectApiServiceCommand : ApiCmdlet
{
    private const string ServiceSet = "Service";
    private const string SimulatorSet = "Simulator";

    /// <summary>The service's base address, such as https://api.openai.com/v1. From the environment where left out.</summary>
    [Parameter(Position = 0, ParameterSetName = ServiceSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(BaseUriCompleter))]
    public string? BaseUri { get; set; }

    /// <summary>The key: a SecureString, a PSCredential or a string. At a prompt it is asked for, masked, where left out.</summary>
    [Parameter(ParameterSetName = ServiceSet, ValueFromPipelineByPropertyName = true)]
    public object? ApiKey { get; set; }

    /// <summary>Connects to a service that needs no key.</summary>
    [Parameter(ParameterSetName = ServiceSet)]
    public SwitchParameter NoApiKey { get; set; }

    /// <summary>Connects to the simulator that runs in this process.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SimulatorSet)]
    public SwitchParameter Simulator { get; set; }

    /// <summary>The model to ask where a call names none.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ModelNameCompleter))]
    public string? Model { get; set; }

    /// <summary>A name, to hold several connections. The default connection where left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string Name { get; set; } = ApiConnection.DefaultName;

    /// <summary>Azure's api-version; with it the key is sent in the api-key header.</summary>
    [Parameter(ParameterSetName = ServiceSet)]
    public string? ApiVersion { get; set; }

    /// <summary>The proxy to go through.</summary>
    [Parameter(ParameterSetName = ServiceSet)]
    public Uri? Proxy { get; set; }

    /// <summary>Accepts any certificate: for trying things out only.</summary>
    [Parameter(ParameterSetName = ServiceSet)]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>Lets the key go over plain http to another machine.</summary>
    [Parameter(ParameterSetName = ServiceSet)]
    public SwitchParameter AllowUnencryptedAuthentication { get; set; }

    /// <summary>A file that records each request, failures too: JSON Lines with OpenTelemetry's names. $env:APITOOLS_LOG where left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JsonLinesFileCompleter))]
    public string? LogPath { get; set; }

    /// <summary>Records what is sent and what is answered too, without keys.</summary>
    [Parameter]
    public SwitchParameter LogBody { get; set; }

    /// <summary>The size in bytes at which the log is renamed and a new one begun, 10 MB where left out.</summary>
    [Parameter]
    [ValidateRange(65_536L, 1_099_511_627_776L)]
    public long LogMaximumSize { get; set; } = ConnectionObserver.DefaultMaximumSize;

    /// <summary>Lists the service's models, which says whether address, key and model are right; writes the connection.</summary>
    [Parameter]
    public SwitchParameter Test { get; set; }

    /// <summary>Writes the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        ApiConnection connection = RunOrThrow(() => new ApiConnection(WithLog(Options())), BaseUri);
        if (SkipCertificateCheck)
        {
            WriteWarning($"The certificate of '{connection.BaseUri.Authority}' is not checked: anybody on the way can read the key and the answers.");
        }
        if (Test)
        {
            RunOrThrow(token => ConnectionTest.RunAsync(connection, TimeProvider.System, token), connection);
        }
        ConnectionStore.Process.Set(connection);
        FinishLog(connection);
        WriteVerbose($"Connected '{connection.Name}' to {connection.BaseUri}.");
        if (Test || PassThru)
        {
            WriteObject(connection);
        }
    }

    private ApiConnectionOptions WithLog(ApiConnectionOptions options)
    {
        string? named = LogPath ?? Environment.GetEnvironmentVariable(EnvironmentConnection.LogVariable);
        if (string.IsNullOrEmpty(named))
        {
            return ConnectionObserver.Attach(options with { LogPath = null });
        }
        string path = FilePaths.Full(SessionState, named!);
        if (LogPath is not null)
        {
            // Said now, while it costs nothing; a path from the environment is no reason for a call to fail.
            Pump.Run(token => LogCheck.RunAsync(path, TimeProvider.System, token));
        }
        return ConnectionObserver.Attach(options with { LogPath = path }, LogBody, LogMaximumSize);
    }

    private ApiConnectionOptions Options()
    {
        if (Simulator)
        {
            return OfSimulator(ApiSimulator.Running ?? throw ApiErrors.SimulatorNotRunning());
        }
        if (BaseUri is null)
        {
            return FromEnvironment() with { Name = Name };
        }
        ApiConnectionOptions options = new()
        {
            Name = Name,
            BaseUri = BaseUri,
            Model = Model,
            ApiVersion = ApiVersion,
            Proxy = Proxy,
            SkipCertificateCheck = SkipCertificateCheck,
            AllowUnencryptedAuthentication = AllowUnencryptedAuthentication,
        };
        // The address is judged first: nobody should type a key for an address that cannot be used.
        Uri address = BaseAddress.Parse(BaseUri);
        return options with { ApiKey = Key(address) };
    }

    private ApiConnectionOptions OfSimulator(ApiSimulator simulator) => new()
    {
        Name = Name,
        BaseUri = simulator.BaseUri.AbsoluteUri,
        ApiKey = ApiKeys.FromText(simulator.ApiKey),
        Model = Model ?? simulator.Models[0],
        Source = ApiConnectionOptions.SimulatorSource,
    };

    private ApiConnectionOptions FromEnvironment()
    {
        if (MyInvocation.BoundParameters.ContainsKey(nameof(ApiKey)))
        {
            throw ApiErrors.MissingField("BaseUri", "A key was given without the address it is for.", "Connect-ApiService -BaseUri https://api.openai.com/v1");
        }
        string named = Name == ApiConnection.DefaultName ? "" : "-Name " + Text.PowerShellText.Argument(Name) + " ";
        ApiConnectionOptions options = EnvironmentConnection.Require(
            Environment.GetEnvironmentVariable,
            "No address was given, and the environment has none: neither APITOOLS_BASE_URI nor OPENAI_BASE_URL is set.",
            $"Connect-ApiService {named}{EnvironmentConnection.ExampleAddress}");
        return options with
        {
            Model = Model ?? options.Model,
            ApiVersion = ApiVersion,
            Proxy = Proxy,
            SkipCertificateCheck = SkipCertificateCheck,
            AllowUnencryptedAuthentication = AllowUnencryptedAuthentication,
        };
    }

    private SecureString? Key(Uri address)
    {
        if (MyInvocation.BoundParameters.ContainsKey(nameof(ApiKey)))
        {
            return ApiKeyArgument.Read(ApiKey, address);
        }
        // A server on this machine needs no key, not even a made-up one.
        return NoApiKey || address.IsLoopback ? null : AskForKey(address);
    }

    private SecureString? AskForKey(Uri address)
    {
        try
        {
            Host.UI.Write($"Key for {address.Authority} (empty for none): ");
            SecureString key = Host.UI.ReadLineAsSecureString();
            return key is { Length: > 0 } ? key : null;
        }
        catch (PSInvalidOperationException)
        {
            // A host that cannot ask.
            throw ApiErrors.MissingField(
                "ApiKey",
                $"No key was given for '{address.Authority}', and this host cannot ask for one. Give -ApiKey, or -NoApiKey for a service that needs none.",
                $"Connect-ApiService -BaseUri {address.AbsoluteUri.TrimEnd('/')} -ApiKey (Get-Secret MyApiKey)");
        }
    }
}
