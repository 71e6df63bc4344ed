<#
.SYNOPSIS
Runs every Pester test here on the module staged at out/ApiTools, and writes how many passed, failed and were skipped.
.DESCRIPTION
build.ps1 Test runs it, in a process of its own. To run one file at a prompt, see CONTRIBUTING.md.
.PARAMETER ResultPath
Where the counts go, as JSON.
.PARAMETER Path
The tests to run; all where left out.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $ResultPath,
    [string[]] $Path = $PSScriptRoot
)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../../out/tools/Pester/Pester.psd1"

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$result = Invoke-Pester -Configuration $configuration

# A file that cannot be read and a BeforeAll that fails are failures too, though no test of theirs ran.
$failed = $result.FailedCount + $result.FailedContainersCount + $result.FailedBlocksCount
if ($result.PassedCount + $failed -eq 0) { $failed = 1 }
@{ passed = $result.PassedCount; failed = $failed; skipped = $result.SkippedCount + $result.NotRunCount + $result.InconclusiveCount } |
    ConvertTo-Json | Set-Content -LiteralPath $ResultPath
exit [int]($failed -ne 0)
