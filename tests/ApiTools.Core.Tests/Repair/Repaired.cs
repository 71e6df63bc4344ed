using System.Text;
using ApiTools.Repair;
using ApiTools.Validation;

namespace ApiTools.Core.Tests.Repair;

/// <summary>Runs the repair for a test.</summary>
internal static class Repaired
{
    public static RepairedRequest Run(string json, RepairOptions? options = null) =>
        RequestRepair.Repair(Encoding.UTF8.GetBytes(json), options ?? RepairOptions.Default, CancellationToken.None);

    public static RequestReport Check(RepairedRequest repaired) => RequestValidator.Validate(repaired.Utf8Json, RequestCheckOptions.Default);
}
