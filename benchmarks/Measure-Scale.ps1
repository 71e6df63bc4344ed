<#
.SYNOPSIS
Prints the time and the memory that jobs of more and more inputs take: both curves, with and without a journal.
.DESCRIPTION
The simulator runs in a process of its own, and each job in a fresh pwsh, so that what is measured is the client's alone: seconds for the whole
pipeline, its inputs a second, the managed heap after a collection at the end, and the most memory that the process had (its peak working
set). What counts is the form: time in proportion to the inputs, memory flat. Needs PowerShell 7.
.PARAMETER Count
How many inputs each job has.
.PARAMETER ThrottleLimit
How many requests are under way at once.
.EXAMPLE
./Measure-Scale.ps1 -Count 1000, 10000
#>
[CmdletBinding()]
param(
    [ValidateRange(1, 100000000)] [int[]] $Count = (1000, 10000, 100000, 1000000),
    [ValidateRange(1, 1024)] [int] $ThrottleLimit = 16
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$root = Split-Path $PSScriptRoot
$module = "$root/out/ApiTools"
. "$PSScriptRoot/SimulatorProcess.ps1"
$folder = (New-Item "$root/out/bench/scale" -ItemType Directory -Force).FullName

$clientScript = @"
`$ProgressPreference = 'SilentlyContinue'
Import-Module '$module'
Connect-ApiService -BaseUri `$env:SCALE_URI -ApiKey `$env:SCALE_KEY -Model gpt-4o
`$option = if (`$env:SCALE_JOURNAL) { @{ Journal = `$env:SCALE_JOURNAL } } else { @{} }
`$answered = 0
`$watch = [Diagnostics.Stopwatch]::StartNew()
1..[int] `$env:SCALE_COUNT | ForEach-Object { "Item `$_" } | Invoke-ApiChat -ThrottleLimit $ThrottleLimit @option | ForEach-Object { `$answered++ }
`$seconds = `$watch.Elapsed.TotalSeconds
`$heap = [GC]::GetTotalMemory(`$true)
`$process = [Diagnostics.Process]::GetCurrentProcess()
[Console]::Out.WriteLine("`$answered `$(`$seconds.ToString('R', [cultureinfo]::InvariantCulture)) `$heap `$(`$process.PeakWorkingSet64)")
"@

$simulator = Start-SimulatorProcess
try {
    foreach ($inputs in $Count) {
        foreach ($journal in '', "$folder/job.jsonl") {
            if ($journal) { Remove-Item "$journal*" -ErrorAction Ignore }
            $client = Start-Pwsh $clientScript @{ SCALE_URI = $simulator.Uri; SCALE_KEY = $simulator.Key; SCALE_COUNT = "$inputs"; SCALE_JOURNAL = $journal }
            $answered, $seconds, $heap, $peak = $client.StandardOutput.ReadToEnd().Trim() -split ' '
            $client.WaitForExit()
            [pscustomobject]@{
                Inputs    = $inputs
                Journal   = [bool] $journal
                Answered  = [int] $answered
                Seconds   = [Math]::Round([double] $seconds, 2)
                PerSecond = [int] ($inputs / [double] $seconds)
                HeapMB    = [Math]::Round([long] $heap / 1MB, 1)
                PeakMB    = [Math]::Round([long] $peak / 1MB)
            }
        }
    }
}
finally {
    Stop-SimulatorProcess $simulator
}
