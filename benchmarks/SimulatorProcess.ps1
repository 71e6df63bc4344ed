# A simulator in a process of its own, and clients in theirs, for the benchmarks. Dot-sourced.
$pwsh = [Environment]::ProcessPath
# The host of `dotnet pwsh` is dotnet itself, with the assembly as its first argument.
$first = @(if ([IO.Path]::GetFileNameWithoutExtension($pwsh) -eq 'dotnet') { [Environment]::GetCommandLineArgs()[0] })

function Start-Pwsh([string] $Script, [hashtable] $Environment = @{}) {
    $start = [Diagnostics.ProcessStartInfo]::new($pwsh)
    $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($Script))
    foreach ($argument in $first + @('-NoProfile', '-NonInteractive', '-EncodedCommand', $encoded)) { $start.ArgumentList.Add($argument) }
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardInput = $true
    foreach ($name in $Environment.Keys) { $start.Environment[$name] = $Environment[$name] }
    [Diagnostics.Process]::Start($start)
}

# The simulator's process, with its address and key as properties; Stop-SimulatorProcess ends it.
function Start-SimulatorProcess {
    $server = Start-Pwsh @"
Import-Module '$module'
`$simulator = Start-ApiSimulator -PassThru
[Console]::Out.WriteLine("`$(`$simulator.BaseUri) `$(`$simulator.ApiKey)")
`$null = [Console]::In.ReadLine()
"@
    $uri, $key = $server.StandardOutput.ReadLine() -split ' '
    [pscustomobject]@{ Process = $server; Uri = $uri; Key = $key }
}

function Stop-SimulatorProcess($Simulator) {
    $Simulator.Process.StandardInput.WriteLine()
    if (-not $Simulator.Process.WaitForExit(5000)) { $Simulator.Process.Kill() }
}
