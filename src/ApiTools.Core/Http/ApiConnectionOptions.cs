using System.Security;

namespace ApiTools.Http;

/// <summary>What a connection is made from; checked by <see cref="ApiConnection"/>'s constructor.</summary>
internal sealed record ApiConnectionOptions
{
    /// <summary>The <see cref="Source"/> of a connection to the simulator of this process.</summary>
    public const string SimulatorSource = "simulator";

    public string Name { get; init; } = ApiConnection.DefaultName;

    /// <summary>The base address as a person gave it, such as <c>https://api.openai.com/v1</c>.</summary>
    public required string BaseUri { get; init; }

    /// <summary>The key; null for a service that needs none.</summary>
    public SecureString? ApiKey { get; init; }

    public string? Model { get; init; }

    /// <summary>Azure's <c>api-version</c>; with it the key goes in the <c>api-key</c> header.</summary>
    public string? ApiVersion { get; init; }

    public Uri? Proxy { get; init; }

    public bool SkipCertificateCheck { get; init; }

    /// <summary>True to let a key go over plain http to another machine.</summary>
    public bool AllowUnencryptedAuthentication { get; init; }

    /// <summary>Where it came from, in words: the parameters, the environment, the simulator.</summary>
    public string Source { get; init; } = "Connect-ApiService";

    /// <summary>The clock of its gate.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The file that records each request; null for none.</summary>
    public string? LogPath { get; init; }

    /// <summary>Is told of each request; null for nobody.</summary>
    public IRequestObserver? Observer { get; init; }
}
