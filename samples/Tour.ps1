<#
.SYNOPSIS
Shows what ApiTools is for: a chat, a live stream, a pipeline, a check before sending, token counts, and every documented error with its fix.
.DESCRIPTION
Without parameters it runs on the embedded simulator: no network, no key, no cost. With -BaseUri it runs against a real service and leaves
out what only a simulator can do. It exits with 1 if anything was not as documented.
.PARAMETER BaseUri
A service's base address, such as https://api.openai.com/v1.
.PARAMETER ApiKey
The service's key: a SecureString, a PSCredential or a string.
.PARAMETER Model
The model to ask.
.PARAMETER Module
The module to show: a name or a path. The one that was built here, or the installed one where none was.
.EXAMPLE
./build.ps1 Tour
.EXAMPLE
samples/Tour.ps1 -BaseUri https://api.openai.com/v1 -ApiKey (Get-Secret OpenAI) -Model gpt-4o-mini
.EXAMPLE
samples/Tour.ps1 -Module ApiTools
#>
[CmdletBinding()]
param([string] $BaseUri, [object] $ApiKey, [string] $Model = 'gpt-4o', [string] $Module)

$ErrorActionPreference = 'Continue'
$VerbosePreference = 'SilentlyContinue'
if (-not $Module) {
    $Module = Join-Path $PSScriptRoot '../out/ApiTools/ApiTools.psd1'
    if (-not (Test-Path -LiteralPath $Module)) { $Module = 'ApiTools' }
}
Import-Module $Module -ErrorAction Stop
$clock = [Diagnostics.Stopwatch]::StartNew()
$accent = if ($PSStyle) { $PSStyle.Foreground.Cyan } else { '' }
$reset = if ($PSStyle) { $PSStyle.Reset } else { '' }
$verdicts = [Collections.Generic.List[object]]::new()

function Write-Title([string] $Text) { Write-Host "`n$accent== $Text$reset" }
function Write-Command([string] $Text) { Write-Host "PS> $Text" }
function Add-Verdict([string] $Line, [bool] $Good, [string] $Status = '', [string] $Seen = '', [int] $Tries = 1) {
    $verdicts.Add([pscustomobject]@{ What = $Line; Status = $Status; Seen = $Seen; Tries = $Tries; Verdict = if ($Good) { 'as documented' } else { 'NOT AS DOCUMENTED' } })
}

# Each fault fires for the prompt that names it, so one simulator can show them all.
$limits = 'rate_limit_exceeded', 'insufficient_quota', 'concurrent_limit_exceeded', 'internal_error', 'service_unavailable'
$simulated = -not $BaseUri
if ($simulated) {
    Write-Title 'A service to talk to: the embedded simulator'
    Write-Command 'Start-ApiSimulator -PassThru | Connect-ApiService -Model gpt-4o -Test'
    $faults = @(
        $limits | ForEach-Object { @{ Code = $_; Prompt = "meet $_"; Times = -1 } }
        @{ Code = 'rate_limit_exceeded'; Prompt = 'a busy minute'; Times = 1; RetryAfter = 1 }
        @{ Code = 'service_unavailable'; Prompt = 'a short outage'; Times = 1 }
    )
    $simulator = Start-ApiSimulator -TokenDelayMs 15 -Fault $faults -PassThru
    $simulator | Connect-ApiService -Model $Model -Test | Out-Host
}
else {
    Write-Title "A service to talk to: $BaseUri"
    Connect-ApiService -BaseUri $BaseUri -ApiKey $ApiKey -Model $Model -Test | Out-Host
}

Write-Title 'Ask a question'
Write-Command "Invoke-ApiChat 'What is an error message for?' -MaxTokens 60"
$answer = Invoke-ApiChat 'What is an error message for?' -MaxTokens 60 -WarningAction SilentlyContinue
$answer | Out-Host
Add-Verdict 'a question' ([bool]$answer.Content) 200 $answer.FinishReason

Write-Title 'See the answer as it comes'
Write-Command "Invoke-ApiChat 'Tell me more' -Stream"
$live = Invoke-ApiChat 'Tell me more' -Stream
$live | Out-Host
Add-Verdict 'a live stream' ($live.FinishReason -eq 'stop') 200 $live.FinishReason

Write-Title 'Twenty prompts down the pipeline, five at a time, answers in order'
Write-Command "1..20 | ForEach-Object { `"Count to `$_`" } | Invoke-ApiChat | Format-Table"
$many = 1..20 | ForEach-Object { "Count to $_" } | Invoke-ApiChat
$many | Select-Object -First 3 | Format-Table | Out-String | ForEach-Object Trim | Out-Host
Write-Host "... and $($many.Count - 3) more"
$inOrder = -not (Compare-Object @($many.Input) @(1..20 | ForEach-Object { "Count to $_" }) -SyncWindow 0)
Add-Verdict 'twenty prompts' ($many.Count -eq 20 -and $inOrder) 200 "$($many.Count) in order"

Write-Title 'Find what is wrong with a request before it costs anything'
$bad = @'
{
  "model": "gpt-4o",
  "messages": [{ "role": "assitant", "content": "Hello" }],
  "temperature": 2.5,
  "max_tokens": "100"
}
'@
Write-Host $bad
Write-Command 'Test-ApiRequest $bad'
$report = Test-ApiRequest $bad -ErrorAction SilentlyContinue
$report | Out-Host
foreach ($finding in $report.Findings) {
    Write-Host ([ApiTools.Display]::Block("line $($finding.Line): $($finding.Message)", 80))
    Write-Host "    $($finding.Solution)$(if ($finding.Fix) { "; fix:`n    $($finding.Fix)" })"
}
Add-Verdict 'a bad request' (-not $report.IsValid -and $report.Findings.Count -eq 3) '' "$($report.Findings.Count) findings"

Write-Title 'Measure tokens: of a text, and of a conversation'
Write-Command "Measure-ApiTokens 'Hello, world' -Model $Model"
$text = Measure-ApiTokens 'Hello, world' -Model $Model
Write-Command 'Measure-ApiTokens -Message $conversation -MaxTokens 1000'
$conversation = @{ role = 'system'; content = 'Be brief.' }, @{ role = 'user'; content = '你好，世界' }
$both = Measure-ApiTokens -Message $conversation -Model $Model -MaxTokens 1000
$text, $both | Format-Table | Out-Host
Add-Verdict 'tokens' ($text.Tokens -eq 3 -and $both.Tokens -gt 0) '' "$($text.Tokens) and $($both.Tokens)"

if ($simulated) {
    Write-Title 'A rate limit that passes, and an outage that ends: both recover by themselves'
    Write-Command "Invoke-ApiChat 'a busy minute' -Verbose"
    foreach ($prompt in 'a busy minute', 'a short outage') {
        $recovered = Invoke-ApiChat $prompt -RetryIntervalSec 1 -Verbose 4>&1 | ForEach-Object {
            if ($_ -is [Management.Automation.VerboseRecord]) { Write-Host ([ApiTools.Display]::Block("VERBOSE: $_", 80)) } else { $_ }
        }
        $first = $recovered.AttemptHistory[0]
        Write-Host "answered at try $($recovered.Attempts), after a wait of $('{0:0.0}' -f $first.Wait.TotalSeconds) s"
        Add-Verdict $prompt ($recovered.Attempts -eq 2 -and $first.Wait.TotalSeconds -ge 0.75) $first.Status $first.Code $recovered.Attempts
    }

    Write-Title 'The twelve documented errors, as you would meet them'
    Connect-ApiService -Name invalid_api_key -BaseUri $simulator.BaseUri -ApiKey 'sk-not-a-key' -Model $Model
    Connect-ApiService -Name expired_api_key -BaseUri $simulator.BaseUri -ApiKey $simulator.ExpiredApiKey -Model $Model
    Connect-ApiService -Name revoked_api_key -BaseUri $simulator.BaseUri -ApiKey $simulator.RevokedApiKey -Model $Model
    # Where the request is at fault it is sent as it is, so that the service says so and not the check before.
    $commands = @{
        missing_required_field  = "Invoke-ApiChat -Request @{ model = '$Model' } -SkipRequestValidation"
        invalid_value           = "Invoke-ApiChat 'Hello' -Temperature 9 -SkipRequestValidation"
        model_not_supported     = "Invoke-ApiChat 'Hello' -Model gpt-9 -SkipRequestValidation"
        context_length_exceeded = "Invoke-ApiChat ('word ' * 500) -Model sim-small -SkipRequestValidation"
    }
    foreach ($info in Get-ApiErrorCode | Where-Object IsDocumented) {
        $code = $info.Code
        $command = if ($commands[$code]) { $commands[$code] }
        elseif ($code -like '*_api_key') { "Invoke-ApiChat 'Hello' -Connection $code" }
        else { "Invoke-ApiChat 'meet $code' -RetryIntervalSec 0.01" }
        Write-Host ''
        Write-Command $command
        $record = try { & ([scriptblock]::Create($command)) 2>&1 } catch { $_ }
        $record | Out-Host
        $exception = $record.Exception
        $tries = if ($info.Retry -eq 'Never') { 1 } else { 3 }
        $isTyped = $exception.Code -eq $code -and $exception.Status -eq $info.Status -and $exception.GetType().FullName -eq $info.ExceptionType
        $isAnswered = $record.ErrorDetails.RecommendedAction.StartsWith("$($info.Solution). Run: ") -and $exception.Attempts -eq $tries
        $good = $isTyped -and $isAnswered
        Add-Verdict $code $good $exception.Status "$($record.CategoryInfo.Category)" $exception.Attempts
    }
    Get-ApiConnection | Disconnect-ApiService
    Stop-ApiSimulator
}

Write-Title 'What was seen'
$verdicts | Format-Table What, Status, Seen, Tries, Verdict -AutoSize | Out-Host
$wrong = @($verdicts | Where-Object Verdict -NE 'as documented').Count
Write-Host ('{0} of {1} as documented, in {2:0.0} s.' -f ($verdicts.Count - $wrong), $verdicts.Count, $clock.Elapsed.TotalSeconds)
exit [int]($wrong -gt 0)
