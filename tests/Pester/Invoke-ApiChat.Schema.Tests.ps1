BeforeDiscovery {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
}

BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    . "$PSScriptRoot/Common.ps1"

    $order = '{"type":"object","title":"Order list","properties":{"items":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"price":{"type":"number"}},"required":["name","price"],"additionalProperties":false}}},"required":["items"],"additionalProperties":false}'
    $recommended = 'Ask once more, and tell the model what was wrong. Run: Invoke-ApiChat -Request $Error[0].Exception.Request -Schema $Error[0].Exception.Schema -RetryInvalid'

    function Get-LastBody { (Get-ApiSimulatorRequest -Last 1).Body | ConvertFrom-Json }
    function Get-Answer($Text) { @{ Content = $Text } }
    function Start-Answering([string[]] $Text, [object[]] $Fault = @()) {
        Start-ApiSimulator -Answer $Text -Fault $Fault
        Connect-ApiService -Simulator
    }
}

Describe 'An answer by a schema' {
    AfterEach {
        Disconnect-ApiService -ErrorAction Ignore
        Stop-ApiSimulator -ErrorAction Ignore
    }

    It 'comes as objects in Parsed, ready for Format-Table' {
        Start-TestService
        $answer = Invoke-ApiChat 'List' -Schema $order
        $answer.Parsed | Should -BeOfType pscustomobject
        $answer.Parsed.items[0].PSObject.Properties.Name | Should -Be name, price
        $answer.Parsed.items[0].price | Should -BeOfType int
        ($answer.Parsed.items | Format-Table | Out-String).Trim() | Should -Match '^name +price'
        $format = (Get-LastBody).response_format
        $format.type, $format.json_schema.name, $format.json_schema.strict | Should -Be json_schema, Order_list, $true
        $format.json_schema.schema | ConvertTo-Json -Depth 20 -Compress | Should -BeExactly $order
    }

    It 'takes the schema as <_>' -ForEach 'text', 'path', 'FileInfo', 'hashtable', 'ordered', 'object' {
        Start-TestService
        Set-Content -LiteralPath "$TestDrive/[order].json" $order -Encoding utf8
        $given = switch ($_) {
            text { " `n$order" }
            path { "$TestDrive/[order].json" }
            FileInfo { Get-Item -LiteralPath "$TestDrive/[order].json" }
            hashtable { @{ type = 'object'; properties = @{ items = @{ type = 'array'; items = @{ type = 'string' } } }; required = @('items'); additionalProperties = $false } }
            ordered { [ordered]@{ type = 'object'; properties = [ordered]@{ items = @{ type = 'array'; items = @{ type = 'string' } } }; required = @('items'); additionalProperties = $false } }
            object { $order | ConvertFrom-Json }
        }
        (Invoke-ApiChat 'List' -Schema $given).Parsed.items | Should -HaveCount 1
    }

    It 'keeps numbers as precise as they are, members in their order, and texts as texts' {
        Start-Answering '{"z":9007199254740993,"a":0.1,"big":123456789012345678901234567890,"exact":1234567890.1234567890123,"small":1e-300,"n":null,"d":"2024-01-01T00:00:00Z","far":1e999,"l":[[1],[]]}'
        $parsed = (Invoke-ApiChat 'x' -Schema '{"type":"object"}' -SchemaMode Loose).Parsed
        $parsed.PSObject.Properties.Name -join ' ' | Should -BeExactly 'z a big exact small n d far l'
        $parsed.z | Should -BeOfType long
        $parsed.z | Should -Be 9007199254740993
        $parsed.a | Should -BeOfType double
        $parsed.big | Should -Be ([bigint]::Parse('123456789012345678901234567890'))
        $parsed.exact | Should -BeOfType decimal
        $parsed.exact | Should -Be 1234567890.1234567890123d
        $parsed.small | Should -Be 1e-300
        $parsed.n | Should -BeNullOrEmpty
        $parsed.d | Should -BeOfType string
        $parsed.far | Should -BeExactly '1e999'
        , $parsed.l[0] | Should -BeOfType array
    }

    It 'has a dictionary where PowerShell has no such property' {
        Start-Answering '{"a":1,"A":2,"":3,"PSObject":4}'
        $parsed = (Invoke-ApiChat 'x' -Schema '{"type":"object"}' -SchemaMode Loose).Parsed
        $parsed | Should -BeOfType System.Collections.Specialized.OrderedDictionary
        $parsed.Values -join ' ' | Should -BeExactly '1 2 3 4'
    }

    It 'that does not match is an error that says where, with the text in it' {
        Start-TestService @{ Kind = 'SchemaMismatch' }
        Invoke-ApiChat 'List' -Schema $order -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        Assert-Failure $failed[0] schema_mismatch InvalidData 'List' 'The answer does not match the schema: $.items[0].name: expected string, found number 12345. (schema_mismatch)' $recommended
        $exception = $failed[0].Exception
        $exception | Should -BeOfType ApiTools.ApiResponseException
        $exception.Param | Should -BeExactly '$.items[0].name'
        $exception.RawBody | Should -BeExactly '{"items":[{"name":12345,"price":0}]}'
        $exception.Completion.Content | Should -BeExactly $exception.RawBody
        $exception.Completion.Usage.CompletionTokens | Should -BeGreaterThan 0
        $exception.AttemptHistory.Code | Should -Be schema_mismatch
        # The next command, as a person pastes it.
        $again = Invoke-ApiChat -Request $exception.Request -Schema $exception.Schema -RetryInvalid
        $again.Parsed.items[0].name | Should -BeExactly text
    }

    It 'that gives a name twice is an error' {
        Start-Answering '{"a":1,"a":2}'
        Invoke-ApiChat 'x' -Schema '{"type":"object"}' -SchemaMode Prompt -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].Exception.Message | Should -BeExactly 'The answer does not match the schema: $.a is there twice.'
    }

    It 'is asked for once more by -RetryInvalid, and the model told what was wrong' {
        Start-TestService @{ Kind = 'SchemaMismatch' }
        $answer = Invoke-ApiChat 'List' -Schema $order -RetryInvalid
        $answer.Parsed.items[0].name | Should -BeExactly text
        $answer.Attempts | Should -Be 2
        $answer.AttemptHistory.Number | Should -Be 1, 2
        $answer.AttemptHistory.Code | Should -Be schema_mismatch, $null
        $bodies = (Get-ApiSimulatorRequest).Body | ConvertFrom-Json
        $bodies[1].messages.role | Should -Be user, assistant, user
        $bodies[1].messages[1].content | Should -BeExactly '{"items":[{"name":12345,"price":0}]}'
        $bodies[1].messages[2].content | Should -BeExactly 'That does not match the schema: $.items[0].name: expected string, found number 12345. Answer again: the whole JSON, corrected, with no text around it.'
        # Both were paid for.
        $one = Invoke-ApiChat 'List' -Schema $order
        $answer.Usage.CompletionTokens | Should -Be (2 * $one.Usage.CompletionTokens)
    }

    It 'is asked for once more only once' {
        Start-TestService @{ Kind = 'SchemaMismatch'; Times = -1 }
        Invoke-ApiChat 'List' -Schema $order -RetryInvalid -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].Exception.Code, $failed[0].Exception.FirstError.Code, $failed[0].Exception.Attempts | Should -Be schema_mismatch, schema_mismatch, 2
        Get-ApiSimulatorRequest | Should -HaveCount 2
    }

    It 'keeps the first failure beside that of the second call' {
        Start-TestService @{ Kind = 'SchemaMismatch' }, @{ Code = 'invalid_api_key'; After = 1 }
        { Invoke-ApiChat 'List' -Schema $order -RetryInvalid -ErrorAction Stop } | Should -Throw
        $Error[0].Exception.Code, $Error[0].Exception.FirstError.Code | Should -Be invalid_api_key, schema_mismatch
    }

    It 'that was cut is told apart' {
        Start-TestService
        Invoke-ApiChat 'List' -Schema $order -MaxTokens 4 -ErrorAction SilentlyContinue -ErrorVariable failed -RetryInvalid
        $failed[0].Exception.Code | Should -Be answer_cut
        $failed[0].CategoryInfo.Category | Should -Be LimitsExceeded
        $failed[0].ErrorDetails.RecommendedAction | Should -BeExactly 'Allow it more tokens, or ask for less. Run: Invoke-ApiChat -Request $Error[0].Exception.Request -Schema $Error[0].Exception.Schema -MaxTokens 8'
        Get-ApiSimulatorRequest | Should -HaveCount 1
    }

    It 'that the model will not give is told apart' {
        Start-ApiSimulator -Answer @{ Refusal = 'I will not.' }, @{ Content = '{"items":[]}'; FinishReason = 'content_filter' }
        Connect-ApiService -Simulator
        Invoke-ApiChat 'List' -Schema $order -ErrorAction SilentlyContinue -ErrorVariable failed -RetryInvalid
        Assert-Failure $failed[0] answer_refused PermissionDenied 'List' 'The model will not answer: I will not. (answer_refused)' 'Ask in another way, or ask another model. Run: Get-ApiModel'
        Invoke-ApiChat 'List' -Schema $order -ErrorAction SilentlyContinue -ErrorVariable failed -RetryInvalid
        $failed[0].Exception.Code | Should -Be answer_refused
        Get-ApiSimulatorRequest | Should -HaveCount 2
    }

    It 'is told in the prompt with -SchemaMode <_>' -ForEach 'JsonObject', 'Prompt' {
        Start-TestService
        $answer = Invoke-ApiChat 'List' -Schema $order -SchemaMode $_ -System 'Be brief.' -SessionVariable chat
        $answer.Parsed.items[0].name | Should -BeExactly text
        $body = Get-LastBody
        $body.messages[0].content | Should -BeExactly "Be brief.`n`nAnswer with JSON alone, with no text around it, that matches this JSON Schema:`n$order"
        $body.response_format.type | Should -Be $(if ($_ -eq 'JsonObject') { 'json_object' })
        # What the session keeps is what was said.
        $chat.Messages[0].Content | Should -BeExactly 'Be brief.'
    }

    It 'may be in the fence of a code block' {
        Start-Answering "``````json`n{`"a`":1}`n``````"
        (Invoke-ApiChat 'x' -Schema '{"type":"object"}' -SchemaMode Prompt).Parsed.a | Should -Be 1
    }

    It 'is told by -SchemaMode in the next command where a service does not know response_format' {
        Start-TestService @{ Code = 'invalid_value'; Message = "Unrecognized request argument supplied: response_format" }
        Invoke-ApiChat 'List' -Schema $order -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].Exception.NextCommand | Should -BeExactly 'Invoke-ApiChat -Request $Error[0].Exception.Request -Schema $Error[0].Exception.Schema -SchemaMode Prompt'
        $again = Invoke-ApiChat -Request $failed[0].Exception.Request -Schema $failed[0].Exception.Schema -SchemaMode Prompt
        $again.Parsed.items[0].name | Should -BeExactly text
        (Get-LastBody).PSObject.Properties.Name | Should -Not -Contain response_format
    }

    It 'comes as a stream too' {
        Start-TestService @{ Kind = 'SchemaMismatch' }
        (Invoke-ApiChat 'List' -Schema $order -Stream -RetryInvalid 6>$null -WarningAction SilentlyContinue).Parsed.items[0].name | Should -BeExactly text
        { Invoke-ApiChat 'List' -Schema $order -AsChunk -RetryInvalid } | Should -Throw '*-AsChunk gives out what comes*'
    }

    It 'is one for each input of a pipeline, in a session too' {
        Start-TestService @{ Kind = 'SchemaMismatch'; Prompt = 'b' }
        $answers = 'a', 'b', 'c' | Invoke-ApiChat -Schema $order -ErrorAction SilentlyContinue -ErrorVariable failed
        $answers.Input | Should -Be a, c
        $failed.TargetObject | Should -Be b
        Stop-ApiSimulator
        Start-TestService @{ Kind = 'SchemaMismatch' }
        $null = 'a', 'b' | Invoke-ApiChat -Schema $order -RetryInvalid -SessionVariable chat
        # The answer that did not match, and what was said of it, are not kept.
        $chat.Messages.Role | Should -Be user, assistant, user, assistant
        $chat.Messages[1].Content | Should -BeExactly '{"items":[{"name":"text","price":0}]}'
    }

    It 'is checked again where it comes from a journal, and another schema is another job' {
        Start-TestService @{ Kind = 'SchemaMismatch'; Prompt = 'b' }
        $journal = "$TestDrive/schema.jsonl"
        $null = 'a', 'b' | Invoke-ApiChat -Schema $order -Journal $journal -ErrorAction SilentlyContinue
        $answers = 'a', 'b' | Invoke-ApiChat -Schema $order -Journal $journal
        # What did not match is asked for again.
        $answers.FromJournal | Should -Be $true, $false
        $answers[0].Parsed.items[0].name | Should -BeExactly text
        'a' | Invoke-ApiChat -Schema ($order -replace 'Order list', 'Other') -Journal $journal -WarningVariable warned -WarningAction SilentlyContinue | ForEach-Object FromJournal | Should -BeFalse
        "$warned" | Should -BeLike '*another job (*schema*'
    }

    It 'is refused before anything is sent: <Why>' -ForEach @(
        @{ Why = 'no schema'; Given = '[]'; Says = '*: $: expected a schema, which is an object, found an array.*' }
        @{ Why = 'no JSON'; Given = "{`n  'a': 1`n}"; Says = '*$ is no JSON in line 2, column 3*' }
        @{ Why = 'a word that is not supported'; Given = '{"type":"object","properties":{"x":{"not":{}}}}'; Says = "*`$.properties.x: 'not' is not supported.*" }
        @{ Why = 'recursive without end'; Given = '{"type":"object","properties":{"a":{"$ref":"#"}},"required":["a"],"additionalProperties":false}'; Says = '*$.properties.a is recursive without end: no finite JSON matches it.*' }
        @{ Why = 'more than strict allows'; Given = '{"type":"object","properties":{"a":{}}}'; Says = "*`$: strict needs 'additionalProperties' to be false.*" }
        @{ Why = 'a script block'; Given = @{ type = { 1 } }; Says = '*Schema.type is a System.Management.Automation.ScriptBlock*' }
        @{ Why = 'a single name'; Given = @{ type = 'object'; required = 'a' }; Says = "*`$.required: expected an array of names, found string `"a`"; in PowerShell an array of one is @('name').*" }
    ) {
        Start-TestService
        { Invoke-ApiChat 'x' -Schema $Given } | Should -Throw $Says
        $Error[0].FullyQualifiedErrorId | Should -BeExactly 'invalid_value,ApiTools.Cmdlets.InvokeApiChatCommand'
        Get-ApiSimulatorRequest | Should -BeNullOrEmpty
    }

    It 'is refused by its file too' {
        Start-TestService
        { Invoke-ApiChat 'x' -Schema gone.json } | Should -Throw '*There is no file*gone.json*'
        Set-Content "$TestDrive/large.json" ('{"title":"' + 'x' * 2MB + '"}')
        { Invoke-ApiChat 'x' -Schema "$TestDrive/large.json" } | Should -Throw '*larger than 1024 kB*'
        { Invoke-ApiChat 'x' -Schema $order -SchemaName 'a b' } | Should -Throw "*-SchemaName is 'a b'*"
        { Invoke-ApiChat 'x' -RetryInvalid } | Should -Throw '*give -Schema*'
        { Invoke-ApiChat 'x' -Schema $order -Property @{ response_format = @{ type = 'text' } } } | Should -Throw '*which -Schema says too*'
    }
}
