<#
.SYNOPSIS
Makes docs/session.svg, the picture of a session in the README, by running one.
.DESCRIPTION
Each command is run as a prompt runs it, in a new PowerShell, with the simulator; what it shows, errors and colours too, is what the picture shows.
Needs PowerShell 7 and a built module. Run it again where a view has changed.
.PARAMETER Path
Where the picture goes.
.EXAMPLE
dotnet pwsh tools/New-SessionPicture.ps1
#>
[CmdletBinding()]
param([string] $Path = "$PSScriptRoot/../docs/session.svg")

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$commands = @(
    'Start-ApiSimulator; Connect-ApiService -Simulator'
    "Invoke-ApiChat 'What is a token?'"
    "'red', 'green', 'blue' | Invoke-ApiChat 'A {_} fruit?' | Format-Table"
    "Invoke-ApiChat 'Hello' -Temperature 3"
    'Measure-ApiTokens "How many tokens is this?" -Model gpt-4o'
    "Invoke-ApiChat 'Hello' -Model gpt-9 -SkipRequestValidation"
    "Get-ApiErrorCode *limit* | Format-Table"
)

# A prompt's own errors name no script and no line of one.
$session = @'
$PSStyle.OutputRendering = 'Ansi'
$ProgressPreference = 'SilentlyContinue'
Import-Module '{0}'
foreach ($command in $commands) {
    "$($PSStyle.Foreground.BrightBlack)PS>$($PSStyle.Reset) $($PSStyle.Foreground.BrightYellow)$command$($PSStyle.Reset)"
    & { try { & ([scriptblock]::Create($command)) 2>&1 } catch { $_ } } | Out-String -Stream -Width 80
}
'@.Replace('{0}', (Resolve-Path "$PSScriptRoot/../out/ApiTools").Path)
$list = ($commands | ForEach-Object { "'$($_ -replace "'", "''")'" }) -join ', '
$encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes("`$commands = $list`n$session"))

$program = @([Environment]::ProcessPath)
if ([IO.Path]::GetFileNameWithoutExtension($program[0]) -eq 'dotnet') { $program += [Environment]::GetCommandLineArgs()[0] }
$name, $first = @($program) + '-NoProfile', '-NonInteractive', '-OutputFormat', 'Text', '-EncodedCommand', $encoded
$shown = & $name @first
# One blank line where a view has several.
$lines = for ($i = 0; $i -lt $shown.Count; $i++) {
    $isBlank = -not ($shown[$i] -replace '\x1b\[[\d;]*m').Trim()
    if (-not ($isBlank -and ($i + 1 -ge $shown.Count -or -not ($shown[$i + 1] -replace '\x1b\[[\d;]*m').Trim()))) { $shown[$i] }
}
$lines | & "$PSScriptRoot/ConvertTo-Svg.ps1" -Path $Path -Title 'PowerShell' -Columns 80
