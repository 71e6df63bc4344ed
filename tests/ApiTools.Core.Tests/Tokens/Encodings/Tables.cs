using ApiTools.Tokens;

namespace ApiTools.Core.Tests.Tokens.Encodings;

/// <summary>What the tests of the encodings share, made once.</summary>
internal static class Tables
{
    private static readonly Lazy<Vocabulary> Cl100k = new(() => Vocabulary.Read("cl100k_base"));
    private static readonly Lazy<Vocabulary> O200k = new(() => Vocabulary.Read("o200k_base"));
    private static readonly Lazy<BpeEngine> Cl100kEngine = new(() => new BpeEngine(new TokenIndex(Cl100k.Value), isO200k: false));
    private static readonly Lazy<BpeEngine> O200kEngine = new(() => new BpeEngine(new TokenIndex(O200k.Value), isO200k: true));
    private static readonly Lazy<PlainBpe> Cl100kPlain = new(() => new PlainBpe(Cl100k.Value));
    private static readonly Lazy<PlainBpe> O200kPlain = new(() => new PlainBpe(O200k.Value));

    /// <summary>How many random texts a test tries: APITOOLS_TOKEN_TEXTS, or 5,000.</summary>
    public static int Texts { get; } = int.TryParse(Environment.GetEnvironmentVariable("APITOOLS_TOKEN_TEXTS"), out int texts) ? texts : 5_000;

    public static Vocabulary Tokens(string name) => IsCl100k(name) ? Cl100k.Value : O200k.Value;

    public static BpeEngine Engine(string name) => IsCl100k(name) ? Cl100kEngine.Value : O200kEngine.Value;

    public static PlainBpe Plain(string name) => IsCl100k(name) ? Cl100kPlain.Value : O200kPlain.Value;

    private static bool IsCl100k(string name) => name == "cl100k_base";
}
