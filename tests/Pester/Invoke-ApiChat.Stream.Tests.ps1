BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    . "$PSScriptRoot/Common.ps1"
}

Describe 'Invoke-ApiChat with a stream' {
    AfterEach {
        Stop-ApiSimulator -ErrorAction Ignore
        Disconnect-ApiService -ErrorAction Ignore
    }

    Context '-AsChunk' {
        It 'writes each chunk as it comes, and their text is the answer''s' {
            Start-TestService
            $answer = Invoke-ApiChat 'Hello'
            $chunks = Invoke-ApiChat 'Hello' -AsChunk
            $chunks | ForEach-Object { $_ | Should -BeOfType ([ApiTools.ChatCompletionChunk]) }
            $chunks.Count | Should -BeGreaterThan 5
            -join $chunks.Content | Should -BeExactly $answer.Content
            ($chunks | Where-Object FinishReason).FinishReason | Should -Be 'stop'
            ($chunks | Where-Object Usage).Usage.TotalTokens | Should -Be $answer.Usage.TotalTokens
            $chunks[0].Input | Should -Be 'Hello'
            $chunks.Attempt | Select-Object -Unique | Should -Be 1
        }

        It 'writes them one answer after the other' {
            Start-TestService
            $inputs = 1..4 | ForEach-Object { "$_" } | Invoke-ApiChat -AsChunk | ForEach-Object Input
            $inputs | Get-Unique | Should -Be (1..4)
        }

        It 'writes an answer that came whole as one chunk' {
            Start-TestService @{ Kind = 'NotStreamed' }
            $chunks = @(Invoke-ApiChat 'Hello' -AsChunk)
            $chunks | Should -HaveCount 1
            $chunks[0].FinishReason | Should -Be 'stop'
        }

        It 'ends the request where nobody reads on' {
            Start-TestService -Option @{ TokenDelayMs = 20 }
            @(Invoke-ApiChat 'Hello' -AsChunk | Select-Object -First 2) | Should -HaveCount 2
        }

        It 'lets a call of its reader''s own through, also where a service takes one at a time' {
            # The refusal brings the level down to one, and the long stream has that place.
            Start-TestService @{ Code = 'concurrent_limit_exceeded'; Prompt = 'long'; Times = 1 }, @{ Kind = 'Huge'; AtByte = 40000000; Prompt = 'long'; Times = -1 }
            $count = 0
            $nested = 'long' | Invoke-ApiChat -AsChunk -RetryIntervalSec 0.01 -ErrorAction SilentlyContinue | ForEach-Object {
                if ($count++ -eq 3) { Invoke-ApiChat 'nested' -MaximumTimeSec 20 }
            }
            $nested | Should -HaveCount 1
        }

        It 'writes what had come of a stream that breaks, and then the error' {
            Start-TestService @{ Kind = 'NoFinish' }
            $chunks = Invoke-ApiChat 'Hello' -AsChunk -ErrorVariable failure -ErrorAction SilentlyContinue
            $failure[0].FullyQualifiedErrorId | Should -BeExactly 'stream_interrupted,ApiTools.Cmdlets.InvokeApiChatCommand'
            -join $chunks.Content | Should -BeExactly $failure[0].Exception.PartialContent
        }
    }

    Context 'A stream that breaks' {
        It 'is an error with what had come: <Kind>' -ForEach @(
            @{ Kind = 'NoFinish'; Code = 'stream_interrupted' }
            @{ Kind = 'FinishError'; Code = 'stream_interrupted' }
            @{ Kind = 'StreamError'; Code = 'internal_error' }
        ) {
            Start-TestService @{ Kind = $Kind; Times = -1 }
            Invoke-ApiChat 'Hello' -Stream -ErrorVariable failure -ErrorAction SilentlyContinue 6>$null | Should -BeNullOrEmpty
            $failure[0].FullyQualifiedErrorId | Should -BeExactly "$Code,ApiTools.Cmdlets.InvokeApiChatCommand"
            $failure[0].Exception.PartialContent | Should -Not -BeNullOrEmpty
            $failure[0].Exception.Attempts | Should -Be 1
            (Get-ApiSimulatorRequest).Count | Should -Be 1
        }

        It 'is asked for again with -RestartStream, and says so' {
            Start-TestService @{ Kind = 'NoFinish' }
            $answer = Invoke-ApiChat 'Hello' -Stream -RestartStream -RetryIntervalSec 0.01 -WarningVariable warning -WarningAction SilentlyContinue 6>$null
            $answer.FinishReason | Should -Be 'stop'
            $answer.AttemptHistory.Code | Should -Be 'stream_interrupted', $null
            $warning | Should -Be 'The stream broke (stream_interrupted), and the answer begins anew: what came of it so far is void.'
            $answer.Content | Should -BeExactly (Invoke-ApiChat 'Hello').Content
        }

        It 'tells the chunks of the second try from those of the first' {
            Start-TestService @{ Kind = 'NoFinish' }
            $chunks = Invoke-ApiChat 'Hello' -AsChunk -RestartStream -RetryIntervalSec 0.01 -WarningAction SilentlyContinue
            $chunks.Attempt | Select-Object -Unique | Should -Be 1, 2
            -join ($chunks | Where-Object Attempt -EQ 2).Content | Should -BeExactly (Invoke-ApiChat 'Hello').Content
        }

        It 'is tried again where nothing of it had come' {
            Start-TestService @{ Kind = 'Close' }
            (Invoke-ApiChat 'Hello' -Stream -RetryIntervalSec 0.01 6>$null).Attempts | Should -Be 2
        }

        It 'gives up on one that sends nothing but keep-alives' {
            Start-TestService @{ Kind = 'Stall'; AtByte = 400; Times = -1 }
            Invoke-ApiChat 'Hello' -Stream -OperationTimeoutSec 0.2 -MaximumRetryCount 0 -ErrorVariable failure -ErrorAction SilentlyContinue 6>$null
            $failure[0].Exception.Code | Should -Be 'timeout'
        }
    }

    Context 'An answer that is cut' {
        It 'is told apart from a refusal, a tool call and a whole one: <Finish>' -ForEach @(
            @{ Finish = 'content_filter'; Message = '"content":"Half","refusal":null'; Warning = "The answer was cut off by the service's content filter (finish reason 'content_filter')." }
            @{ Finish = 'length'; Message = '"content":"Half","refusal":null'; Warning = "The answer was cut off: it reached max_tokens or the end of the context window (finish reason 'length')." }
            @{ Finish = 'stop'; Message = '"content":null,"refusal":"I will not."'; Warning = $null }
            @{ Finish = 'tool_calls'; Message = '"content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]'; Warning = $null }
        ) {
            Start-TestService
            # What the simulator never answers, a journal does.
            $journal = Join-Path $TestDrive "$Finish.jsonl"
            $null = 'x' | Invoke-ApiChat -Journal $journal
            $text = [IO.File]::ReadAllText($journal) -replace '"content":"[^"\\]*(?:\\.[^"\\]*)*","refusal":null', $Message -replace '"finish_reason":"stop"', "`"finish_reason`":`"$Finish`""
            [IO.File]::WriteAllText($journal, $text)
            $answer = 'x' | Invoke-ApiChat -Journal $journal -WarningVariable warning -WarningAction SilentlyContinue
            $answer.FromJournal | Should -BeTrue
            $answer.FinishReason | Should -Be $Finish
            "$warning" | Should -BeExactly "$Warning"
            $answer.Refusal | Should -Be $(if ($Finish -eq 'stop') { 'I will not.' })
            @($answer.ToolCalls).Name | Should -Be $(if ($Finish -eq 'tool_calls') { 'f' })
        }

        It 'says so, in a stream as in a plain answer' {
            Start-TestService
            foreach ($stream in $true, $false) {
                $answer = Invoke-ApiChat 'Hello' -MaxTokens 3 -Stream:$stream -WarningVariable warning -WarningAction SilentlyContinue 6>$null
                $answer.FinishReason | Should -Be 'length'
                $warning | Should -BeLike 'The answer was cut off*'
            }
        }
    }
}
