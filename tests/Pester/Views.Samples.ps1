<#
.SYNOPSIS
One of each thing that the module's cmdlets write, by name: what the tests of its views look at.
.DESCRIPTION
Everything comes from the simulator and from samples/, with long names, other scripts and control characters where a service, a model or a file
could send them. Leaves the simulator running.
#>
param([Parameter(Mandatory)] [string] $Folder)

$ErrorActionPreference = 'Stop'
$WarningPreference = 'SilentlyContinue'
$escape = [char] 27
$samples = Join-Path $PSScriptRoot '../../samples'
$found = [ordered]@{}

function Get-Weather {
    <#
    .SYNOPSIS
    Tells the weather of a town.
    .PARAMETER Town
    The town.
    #>
    param([Parameter(Mandatory)] [string] $Town)
    if ($Town -eq 'Atlantis') { throw "No town is called $Town." }
    "Rain in $Town, 12 degrees."
}

$simulator = Start-ApiSimulator -PassThru -Model gpt-4o, gpt-4o-mini, sim-small, 'a-service/of-its-own-model-with-a-very-long-name:2026-11-25-preview', 'text-embedding-3-small' -RequestLimit 5000 -TokenLimit 2000000 -Fault @(
    @{ Code = 'rate_limit_exceeded'; Prompt = 'Later*'; RetryAfter = 1 }
    @{ Code = 'rate_limit_exceeded'; Prompt = 'Too much*'; Times = -1; RetryAfter = 3600 }
    @{ Code = 'insufficient_quota'; Prompt = 'Spent*'; Times = -1 }
    @{ Code = 'internal_error'; Prompt = 'Broken*'; Times = -1 }
    @{ Kind = 'SchemaMismatch'; Prompt = 'Mismatch*'; Times = -1 }
) -Answer @(
    @{ Prompt = 'Say something hostile*'; Content = "Clear: ${escape}[2J${escape}]0;title`a done. 你好，世界"; Times = -1 }
    @{ Prompt = 'Refuse*'; Refusal = "I can't help with that."; Times = -1 }
    @{ Prompt = 'Poem*'; Content = "Rain on the window:`nthe answer comes a word at a time, and the line is longer than the eighty columns of a terminal, so it has to be broken between words.`n`nThe end."; FinishReason = 'length'; Times = -1 }
)
$found.ApiSimulator = $simulator
Connect-ApiService -Simulator
$found.ApiConnection = @(
    Connect-ApiService -Simulator -Name local -PassThru
    Connect-ApiService -BaseUri 'https://a-resource-of-ours.openai.azure.com/openai/deployments/a-deployment-with-a-long-name' -ApiVersion 2024-10-21 -NoApiKey -Name a-long-connection-name -Model gpt-4o-2024-11-20 -PassThru
)
Disconnect-ApiService a-long-connection-name
$found.ModelInfo = Get-ApiModel

$found.ChatCompletion = Invoke-ApiChat 'Poem about rain'
$found.'ChatCompletion hostile' = Invoke-ApiChat 'Say something hostile'
$found.'ChatCompletion refusal' = Invoke-ApiChat 'Refuse this'
$found.'ChatCompletion retried' = Invoke-ApiChat 'Later, please' -RetryIntervalSec 0.01
$found.'ChatCompletion tools' = Invoke-ApiChat "call Get-Weather {`"Town`":`"Paris`"}`ncall Get-Weather {`"Town`":`"Atlantis`"}" -Tool Get-Weather -InvokeTool -Force
$found.'ChatCompletion calls' = Invoke-ApiChat "call Get-Weather {`"Town`":`"Paris`"}" -Tool Get-Weather
$found.'ChatCompletion several' = 'Poem about rain', 'Say something hostile', 'Summarise the report of the third quarter, for people who have not read it' | Invoke-ApiChat -ThrottleLimit 1
$found.'ChatCompletion schema' = Invoke-ApiChat Hi -Schema @{ type = 'object'; properties = @{ town = @{ type = 'string' } }; required = @('town'); additionalProperties = $false }
$found.ChatUsage = $found.ChatCompletion.Usage
$found.ApiRateLimit = $found.ChatCompletion.RateLimit
$found.ApiAttempt = $found.'ChatCompletion retried'.AttemptHistory
$found.ChatChoice = (Invoke-ApiChat 'Two' -Property @{ n = 2 }).Choices
$found.ChatToolCall = $found.'ChatCompletion calls'.ToolCalls
$found.ChatToolResult = $found.'ChatCompletion tools'.ToolHistory
$found.ChatCompletionChunk = Invoke-ApiChat 'Poem about rain' -AsChunk -MaxTokens 8 | Select-Object -First 4
$found.ChatToolCallChunk = (Invoke-ApiChat "call Get-Weather {`"Town`":`"Paris`"}" -Tool Get-Weather -AsChunk).ToolCalls
Invoke-ApiChat 'Poem about rain' -System 'Be brief.' -SessionVariable talk | Out-Null
Invoke-ApiChat "call Get-Weather {`"Town`":`"Paris`"}" -Session $talk -Tool Get-Weather -InvokeTool -Force | Out-Null
Invoke-ApiChat 'Say something hostile' -Session $talk | Out-Null
$found.ApiChatSession = $talk
$found.ChatMessage = $talk.Messages

$found.ErrorCodeInfo = Get-ApiErrorCode context_length_exceeded, rate_limit_exceeded, connection_failed, http_403
$found.ResolvedApiError = Resolve-ApiError -Status 429 -Body '{"error":{"message":"Rate limit reached for gpt-4o in organization org-x on tokens per min (TPM): Limit 30000, Used 29000, Requested 2400. Please try again in 2.8s.","type":"tokens","code":"rate_limit_exceeded"}}' -Header @{ 'x-request-id' = 'req_7f3a90c1' }
$found.ApiLimitDetail = $found.ResolvedApiError.Limit
$found.ContextLength = (Resolve-ApiError -Status 400 -Body '{"error":{"message":"This model''s maximum context length is 8192 tokens. However, you requested 9000 tokens (8000 in the messages, 1000 in the completion). Please reduce the length of the messages or completion.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}').ContextLength

$bad = Join-Path $Folder 'bad.json'
[IO.File]::WriteAllText($bad, "{`n  `"model`": `"gpt-4o`",`n  `"messages`": [{ `"role`": `"assitant`", `"content`": `"Hello`" }],`n  `"temperature`": 2.5,`n  `"max_tokens`": `"100`",`n  `"foo`": 1`n}`n")
$good = Join-Path $Folder 'good.jsonl'
[IO.File]::WriteAllText($good, "{`"model`":`"gpt-4o`",`"messages`":[{`"role`":`"system`",`"content`":`"Be brief.`"},{`"role`":`"user`",`"content`":`"Hello, world`"}]}`n")
$found.RequestReport = Test-ApiRequest -LiteralPath $good, $bad -ErrorAction SilentlyContinue
$found.Finding = $found.RequestReport[1].Findings
$found.RepairedRequest = Repair-ApiRequest -LiteralPath $bad -ErrorAction SilentlyContinue
$found.RequestChange = $found.RepairedRequest.Changes
$found.TokenMeasure = @(
    'Hello, world', ('word ' * 2000) | Measure-ApiTokens -Model gpt-4o
    Measure-ApiTokens -LiteralPath $good -Model gpt-4o
    'Hello' | Measure-ApiTokens -Model a-service/of-its-own-model-with-a-very-long-name:2026-11-25-preview
)
$found.MessageTokens = Measure-ApiTokens -Message @{ role = 'system'; content = 'Be brief.' }, @{ role = 'user'; content = 'Hello, world' } -Model gpt-4o -Detail
$found.ApiToken = "Hi 誕`n$escape" | ConvertTo-ApiToken -Model gpt-4o

$journal = Join-Path $samples 'jobs/summaries.jsonl'
# Here, so that what is shown does not depend on where the repository lies.
$journal = (Copy-Item $journal $Folder -PassThru).FullName
$found.JournalEntry = Get-ApiJournal $journal
$found.JournalSummary = Get-ApiJournal $journal -Summary
$log = Join-Path $samples 'logs/api-log.jsonl'
$found.ApiLogEntry = Get-ApiLog $log
$found.ApiUsage = Get-ApiUsage -LiteralPath $log -Price @{ 'gpt-4o*' = @{ Input = 2.5; Output = 10 } }
$found.'ApiUsage total' = Get-ApiUsage -LiteralPath $log -Total
foreach ($prompt in 'Too much, too soon', 'Broken, alas') { Invoke-ApiChat $prompt -MaximumRetryCount 0 -ErrorAction SilentlyContinue }
Invoke-RestMethod "$($simulator.BaseUri)/models" -Headers @{ Authorization = "Bearer $($simulator.ApiKey)" } | Out-Null
$found.SimulatorRequest = Get-ApiSimulatorRequest -Last 4
$found.SimulatorSummary = Get-ApiSimulatorRequest -Summary
# A new connection: the one before was told to wait.
Connect-ApiService -Simulator
$found.ApiException = try { Invoke-ApiChat 'Spent, alas' -ErrorAction Stop } catch { $_.Exception }
$found
