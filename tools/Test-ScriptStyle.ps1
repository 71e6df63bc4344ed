<#
.SYNOPSIS
Checks every script, module and manifest of the repository with PSScriptAnalyzer, by tools/PSScriptAnalyzerSettings.psd1.
#>
[CmdletBinding()]
param()

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$root = Split-Path $PSScriptRoot
. "$PSScriptRoot/Import-Tool.ps1" -Name PSScriptAnalyzer

$places = 'build.ps1', 'module', 'tools', 'tests', 'benchmarks', 'samples' | ForEach-Object { Join-Path $root $_ } | Where-Object { Test-Path $_ }
$found = @($places | ForEach-Object { Invoke-ScriptAnalyzer -Path $_ -Recurse -Settings "$PSScriptRoot/PSScriptAnalyzerSettings.psd1" })
foreach ($finding in $found) { "$($finding.ScriptPath)($($finding.Line),$($finding.Column)): $($finding.RuleName): $($finding.Message)" }
"$($found.Count) findings"
exit [int]($found.Count -ne 0)
