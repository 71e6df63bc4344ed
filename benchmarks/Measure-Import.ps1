<#
.SYNOPSIS
Prints how long the module's import takes beside that of an empty binary module of the same form.
.DESCRIPTION
The peer, made under out/bench, has the form of ApiTools and does nothing: a manifest, and a .psm1 that imports an assembly with one cmdlet.
Each import is timed in a fresh pwsh, the two in turn; what counts is the ratio of the medians. Needs PowerShell 7.
.PARAMETER Count
How many imports of each.
#>
[CmdletBinding()]
param([ValidateRange(1, 1000)] [int] $Count = 15)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$root = Split-Path $PSScriptRoot
$peer = "$root/out/bench/EmptyModule"

Remove-Item $peer -Recurse -ErrorAction Ignore
$null = New-Item "$peer/bin" -ItemType Directory
Add-Type -OutputAssembly "$peer/bin/EmptyModule.dll" -TypeDefinition @'
using System.Management.Automation;

[Cmdlet(VerbsCommon.Get, "Nothing")]
public sealed class GetNothingCommand : PSCmdlet
{
}
'@
Set-Content "$peer/EmptyModule.psm1" 'Import-Module "$PSScriptRoot/bin/EmptyModule.dll"'
Set-Content "$peer/EmptyModule.psd1" @'
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

function Measure-Once([string] $Manifest) {
    $script = "`$clock = [Diagnostics.Stopwatch]::StartNew(); Import-Module '$Manifest'; `$clock.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)"
    [double] (& $program $arguments $script)
}

function Get-Median([double[]] $Value) { ($Value | Sort-Object)[[int][Math]::Floor($Value.Count / 2)] }

# One of each first: files then come from the system's cache for both.
$null = Measure-Once "$root/out/ApiTools/ApiTools.psd1"
$null = Measure-Once "$peer/EmptyModule.psd1"
$own = @(); $empty = @()
foreach ($round in 1..$Count) {
    $own += Measure-Once "$root/out/ApiTools/ApiTools.psd1"
    $empty += Measure-Once "$peer/EmptyModule.psd1"
}
$a = Get-Median $own
$b = Get-Median $empty
"import of ApiTools: {0:0} ms; of an empty binary module: {1:0} ms; ratio {2:0.00} (medians of {3})" -f $a, $b, ($a / $b), $Count
