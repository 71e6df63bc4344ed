<#
.SYNOPSIS
Makes docs/screens/*.svg: pictures of what the module shows, each made by running what it shows.
.DESCRIPTION
Each screen is a few commands, typed at a prompt of 100 columns over the simulator. A test compares the text of the committed pictures with
what this script makes. Needs PowerShell 7 and the built module.
.PARAMETER Path
The folder to write to.
.PARAMETER Name
The screens to make; all where left out.
.EXAMPLE
dotnet pwsh tools/New-Screen.ps1
#>
[CmdletBinding()]
param(
    [string] $Path = (Join-Path (Split-Path $PSScriptRoot) 'docs/screens'),
    [string[]] $Name = '*'
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$root = Split-Path $PSScriptRoot
$width = 100
Add-Type -Path "$PSScriptRoot/ScreenHost.cs"

# What is typed, and before it what nobody sees: files, faults, answers.
$screens = [ordered]@{
    chat    = @{
        Title = 'A chat'
        Typed = "Invoke-ApiChat 'What is an error message for?' -MaxTokens 60", '$answer = Invoke-ApiChat ''Name three colours''', '$answer.Usage', '$answer | Format-List Content, FinishReason, Attempts'
    }
    error   = @{
        Title = 'An error says what to run next'
        Typed = "Invoke-ApiChat 'Summarise the year'", 'Invoke-ApiChat Hello -Model gpt-4o-mni'
    }
    whole   = @{
        Title = 'Get-Error shows all of it'
        Typed = "Invoke-ApiChat 'Summarise the year'", 'Get-Error'
    }
    details = @{
        Title = 'An exception as a list, and what it means'
        Setup = "try { Invoke-ApiChat 'Summarise the year' -ErrorAction Stop } catch { `$global:Error.Clear(); `$global:Error.Add(`$_) }"
        Typed = '$Error[0].Exception', 'Resolve-ApiError $Error[0]'
    }
    batch   = @{
        Title = 'A job with a journal'
        Typed = "Import-Csv tickets.csv | Invoke-ApiChat 'Summarise: {Body}' -Journal job.jsonl | Format-Table", 'Get-ApiJournal job.jsonl', 'Get-ApiJournal job.jsonl -Summary'
    }
    check   = @{
        Title = 'A request is checked before it costs anything'
        Typed = 'Get-Content request.json', 'Test-ApiRequest -LiteralPath request.json', 'Repair-ApiRequest -LiteralPath request.json -ErrorAction Ignore'
    }
    models  = @{
        Title = 'Models, and the tokens of a folder'
        Typed = 'Get-ApiModel', 'Get-ChildItem *.csv, *.json | Measure-ApiTokens -Model gpt-4o'
    }
    usage   = @{
        Title = 'What was sent, and what it cost'
        Typed = "Get-ApiLog api-log.jsonl", "Get-ApiUsage api-log.jsonl -Price @{ 'gpt-4o' = 2.5, 10; 'gpt-4o-mini' = 0.15, 0.6 }"
    }
    tool    = @{
        Title   = 'A tool runs when you say so'
        Setup   = 'function global:Get-Weather { param([Parameter(Mandatory)] [string] $City) "Rain in $City, 12 degrees" }'
        Typed   = '$answer = Invoke-ApiChat ''call Get-Weather {"City":"Paris"}'' -Tool Get-Weather -InvokeTool', '$answer', '$answer.ToolHistory'
        Answers = , 'Y'
    }
}

$service = @'
Start-ApiSimulator -Fault @(
    @{ Code = 'rate_limit_exceeded'; Prompt = '*the year*'; Times = -1; RetryAfter = 3600; Message = 'Rate limit reached for gpt-4o on requests per min (RPM): Limit 3, Used 3, Requested 1. Please try again in 3600s.' }
    @{ Code = 'service_unavailable'; Prompt = '*invoice*' }
) -Answer @(
    @{ Prompt = 'What is an error*'; Content = "To say what is wrong, where it is, and what to do next.`nWhoever reads it has something else to do: it should end with a command that can be run."; Times = -1 }
    @{ Prompt = 'Name three*'; Content = 'Red, green and blue.'; Times = -1 }
    @{ Prompt = '*printer*'; Content = 'A printer burns; the customer asks for help at once.'; Times = -1 }
    @{ Prompt = '*invoice*'; Content = 'The customer looks for an invoice.'; Times = -1 }
    @{ Prompt = '*thank*'; Content = 'The customer says thanks.'; Times = -1 }
)
Connect-ApiService -Simulator -Test | Out-Null
'@

function New-WorkFolder {
    $folder = Join-Path ([IO.Path]::GetTempPath()) "apitools-screens-$PID"
    $null = New-Item $folder -ItemType Directory -Force
    Set-Content "$folder/tickets.csv" 'Id,Body', 'T-1001,My printer is on fire', 'T-1002,Where is my invoice?', 'T-1003,"It works now, thank you"'
    Set-Content "$folder/request.json" '{', '  "model": "gpt-4o",', '  "messages": [{ "role": "assitant", "content": "Hello" }],', '  "temperature": 2.5,', '  "max_tokens": "100"', '}'
    Copy-Item "$root/samples/logs/api-log.jsonl" $folder
    $folder
}

# One screen's text: each command as it is typed, and what it shows, errors where they come.
function Get-ScreenText([hashtable] $Screen, [string] $Folder) {
    $terminal = [ScreenHost]::new($width, $true)
    foreach ($answer in @($Screen['Answers'])) { if ($answer) { $terminal.Answers.Enqueue($answer) } }
    $runspace = [runspacefactory]::CreateRunspace($terminal)
    $runspace.Open()
    $runspace.SessionStateProxy.Path.SetLocation($Folder) | Out-Null
    try {
        Invoke-Typed $runspace "Import-Module '$root/out/ApiTools'; $service; $($Screen['Setup'])"
        $terminal.Clear()
        foreach ($typed in $Screen.Typed) {
            $terminal.UI.WriteLine("$($PSStyle.Foreground.BrightBlack)PS>$($PSStyle.Reset) $($PSStyle.Foreground.BrightYellow)$typed$($PSStyle.Reset)")
            Invoke-Typed $runspace $typed
        }
        $terminal.Text
        $terminal.Answers.Count | ForEach-Object { if ($_) { throw "The screen '$($Screen.Title)' asked for less than was foreseen." } }
    }
    finally {
        Invoke-Typed $runspace 'Get-ApiConnection | ForEach-Object { Disconnect-ApiService $_.Name }; Stop-ApiSimulator'
        $runspace.Dispose()
    }
}

# As a console runs a line: its errors are shown among its output.
function Invoke-Typed([runspace] $Runspace, [string] $Line) {
    $shell = [powershell]::Create()
    $shell.Runspace = $Runspace
    try {
        $null = $shell.AddScript($Line)
        $shell.Commands.Commands[0].MergeMyResults('Error', 'Output')
        $null = $shell.AddCommand('Out-Default').Invoke()
    }
    finally { $shell.Dispose() }
}

$null = New-Item $Path -ItemType Directory -Force
$rendering = $PSStyle.OutputRendering
$PSStyle.OutputRendering = 'Ansi'
$folder = New-WorkFolder
try {
    foreach ($key in $screens.Keys) {
        if (-not ($Name | Where-Object { $key -like $_ })) { continue }
        Remove-Item "$folder/job.jsonl" -ErrorAction Ignore
        $lines = (Get-ScreenText $screens[$key] $folder).TrimEnd() -replace [regex]::Escape($folder), '~' -replace '\r' -split '\n'
        $lines | & "$PSScriptRoot/ConvertTo-Svg.ps1" -Path (Join-Path $Path "$key.svg") -Title $screens[$key].Title -Columns $width
    }
}
finally {
    $PSStyle.OutputRendering = $rendering
    Remove-Item $folder -Recurse
}
