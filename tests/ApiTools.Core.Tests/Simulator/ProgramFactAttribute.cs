namespace ApiTools.Core.Tests.Simulator;

/// <summary>A test that needs programs on the path; where one is missing, the run says that it was skipped, and for which.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ProgramFactAttribute : FactAttribute
{
    public ProgramFactAttribute(params string[] programs)
    {
        string? missing = programs.FirstOrDefault(program => !IsOnPath(program));
        Skip = missing is null ? null : $"There is no {missing} on this machine.";
    }

    private static bool IsOnPath(string program)
    {
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [string.Empty];
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Any(folder => endings.Any(ending => File.Exists(Path.Combine(folder, program + ending))));
    }
}
