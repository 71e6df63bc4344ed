using System.Globalization;

namespace ApiTools.Errors;

/// <summary>Tells whose an HTML page is, and what Cloudflare's numbers mean.</summary>
internal static class PageMakers
{
    /// <summary>Everyone whose pages are known. A proxy stands before what stands behind it.</summary>
    public static IReadOnlyList<PageMaker> All { get; } =
    [
        new("Zscaler", true, "Zscaler", "Zscaler", "Ekultek/WhatWaf#178, microsoft/vscode-copilot-release#2258"),
        new("Squid", true, "ERR_CACHE_ACCESS_DENIED", "squid", "agentgonzo/steam-squid#3, gajus/puppeteer-proxy#13"),
        new("Squid", true, "(squid/", null, "sameersbn/docker-squid#65"),
        new("Squid", true, "squid-internal-static", null, "m1k1o/neko#509"),
        new("Cloudflare", false, "cf-error-details", "cloudflare", "infosimples/node_two_captcha#19"),
        new("openresty", false, "<center>openresty", "openresty", "BerriAI/litellm#2584"),
        new("nginx", false, "<center>nginx", "nginx", "aisub-translator#2"),
        new("IIS", false, "IIS ", "Microsoft-IIS", "Ekultek/WhatWaf#1367, BMSVieira/osticket-api#12"),
        new("HAProxy", false, "No server is available to handle this request.", null, "balena-io/open-balena#132"),
    ];

    // developers.cloudflare.com/support/troubleshooting: cloudflare-docs#14559 (521), acheong08/ChatGPT#1485 (524), cloudflare-docs PR 30190 (1015).
    private static readonly Dictionary<int, string> Cloudflare = new()
    {
        [520] = "the service's server answered with something unknown",
        [521] = "the service's server is down",
        [522] = "the connection to the service's server timed out",
        [523] = "the service's server is unreachable",
        [524] = "the service's server took too long to answer",
        [525] = "the TLS handshake with the service's server failed",
        [526] = "the certificate of the service's server is invalid",
        [1006] = "this address is banned",
        [1010] = "this client is banned",
        [1015] = "you are being rate limited",
        [1020] = "a firewall rule of the service denied access",
    };

    /// <summary>Whose page it is; null where it is nobody's that is known.</summary>
    public static PageMaker? Find(string html, AnswerHeaders headers)
    {
        string? server = headers["server"];
        foreach (PageMaker maker in All)
        {
            bool named = maker.Server is not null && server?.StartsWith(maker.Server, StringComparison.OrdinalIgnoreCase) == true;
            if (named || html.IndexOf(maker.Mark, StringComparison.Ordinal) >= 0 || (maker.Name == "Squid" && headers["x-squid-error"] is not null))
            {
                return maker;
            }
        }
        return null;
    }

    /// <summary>What a status or an error number of Cloudflare's means; null where it is none.</summary>
    public static string? CloudflareWords(int number) => Cloudflare.TryGetValue(number, out string? words) ? words : null;

    /// <summary>The number in Cloudflare's shortest answer, <c>error code: 1015</c>; null for any other text.</summary>
    public static int? CloudflareNumber(string text)
    {
        const string begin = "error code: ";
        return text.Length is > 14 and < 24 && text.StartsWith(begin, StringComparison.Ordinal)
            && int.TryParse(text.Substring(begin.Length).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : null;
    }
}
