<#
.SYNOPSIS
Prints how long the module's import takes beside that of an empty binary module of the same form.
.DESCRIPTION
The empty module, made under out/bench, has the form of ApiTools and does nothing: a manifest, and a .psm1 that imports an assembly with one cmdlet.
Each import is timed in a fresh pwsh, the sides in turn, in an order that changes; what counts is the ratio of the medians, of processor time before
that of the clock where others use the machine too. Needs PowerShell 7.5 or later.
.PARAMETER Count
How many imports of each.
.PARAMETER Peer
Manifests of other modules to measure as well, such as that of a clone of PSOpenAI.
#>
[CmdletBinding()]
param([ValidateRange(1, 1000)] [int] $Count = 15, [string[]] $Peer = @())

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$root = Split-Path $PSScriptRoot
$empty = "$root/out/bench/EmptyModule"

Remove-Item $empty -Recurse -ErrorAction Ignore
$null = New-Item "$empty/bin" -ItemType Directory
Add-Type -OutputAssembly "$empty/bin/EmptyModule.dll" -TypeDefinition @'
using System.Management.Automation;

[Cmdlet(VerbsCommon.Get, "Nothing")]
public sealed class GetNothingCommand : PSCmdlet
{
}
'@
Set-Content "$empty/EmptyModule.psm1" 'Import-Module "$PSScriptRoot/bin/EmptyModule.dll"'
Set-Content "$empty/EmptyModule.psd1" @'
@{
    RootModule        = 'EmptyModule.psm1'
    ModuleVersion     = '0.1.0'
    GUID              = '3b7a5f0e-0d4f-4f0a-8a55-0d4b0a1f6c11'
    FunctionsToExport = @()
    CmdletsToExport   = @('Get-Nothing')
    VariablesToExport = @()
    AliasesToExport   = @()
}
'@

$program = [Environment]::ProcessPath
$arguments = @(if ([IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet') { [Environment]::GetCommandLineArgs()[0] })
$arguments += '-NoProfile', '-NonInteractive', '-Command'

# The milliseconds of one import, and those of processor time.
function Measure-Once([string] $Manifest) {
    $script = @"
`$cpu = [Environment]::CpuUsage.TotalTime
`$clock = [Diagnostics.Stopwatch]::StartNew()
Import-Module '$Manifest'
`$elapsed = `$clock.Elapsed
`$used = [Environment]::CpuUsage.TotalTime - `$cpu
[string]::Format([cultureinfo]::InvariantCulture, '{0} {1}', `$elapsed.TotalMilliseconds, `$used.TotalMilliseconds)
"@
    , [double[]]((& $program $arguments $script) -split ' ')
}

function Get-Quantile([double[]] $Value, [double] $Share) { ($Value | Sort-Object)[[int][Math]::Floor(($Value.Count - 1) * $Share)] }
function Get-Column([string] $Name, [int] $Column) { foreach ($numbers in $measured[$Name]) { $numbers[$Column] } }

$sides = [ordered]@{ 'an empty module' = "$empty/EmptyModule.psd1"; ApiTools = "$root/out/ApiTools/ApiTools.psd1" }
foreach ($path in $Peer) { $sides[[IO.Path]::GetFileNameWithoutExtension($path)] = (Resolve-Path -LiteralPath $path).ProviderPath }
$measured = @{}
foreach ($name in $sides.Keys) {
    # One that does not count: files then come from the system's cache for all.
    $null = Measure-Once $sides[$name]
    $measured[$name] = [Collections.Generic.List[double[]]]::new()
}
foreach ($round in 1..$Count) {
    foreach ($name in $sides.Keys | Get-Random -Shuffle) { $measured[$name].Add((Measure-Once $sides[$name])) }
}
$rows = foreach ($name in $sides.Keys) {
    $clock, $cpu = 0, 1 | ForEach-Object { Get-Quantile (Get-Column $name $_) 0.5 }
    [pscustomobject]@{
        'Import of'       = $name
        ms                = [Math]::Round($clock)
        'CPU ms'          = [Math]::Round($cpu)
        'CPU quartiles'   = '{0:0}-{1:0}' -f (Get-Quantile (Get-Column $name 1) 0.25), (Get-Quantile (Get-Column $name 1) 0.75)
        'ms to empty'     = [Math]::Round($clock / (Get-Quantile (Get-Column 'an empty module' 0) 0.5), 2)
        'CPU to empty'    = [Math]::Round($cpu / (Get-Quantile (Get-Column 'an empty module' 1) 0.5), 2)
        'to ApiTools'     = [Math]::Round($cpu / (Get-Quantile (Get-Column 'ApiTools' 1) 0.5), 2)
    }
}
$rows | Format-Table
"Medians of $Count imports each."
