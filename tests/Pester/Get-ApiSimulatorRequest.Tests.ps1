BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    . "$PSScriptRoot/Common.ps1"
    . "$PSScriptRoot/Send-Chat.ps1"
}

Describe 'Get-ApiSimulatorRequest' {
    AfterEach {
        Stop-ApiSimulator -ErrorAction Ignore
    }

    It 'shows what came in, in order' {
        $simulator = Start-ApiSimulator -Fault rate_limit_exceeded -PassThru
        $null = 'one', 'two', 'three' | ForEach-Object { Send-Chat $simulator $_ }
        $requests = Get-ApiSimulatorRequest
        $requests | Should -BeOfType ApiTools.SimulatorRequest
        $requests.Number | Should -Be 1, 2, 3
        $requests.Prompt | Should -Be 'one', 'two', 'three'
        $requests.Status | Should -Be 429, 200, 200
        (Get-ApiSimulatorRequest -Last 2).Prompt | Should -Be 'two', 'three'
        (Get-ApiSimulatorRequest -Last 99).Count | Should -Be 3
        (Get-ApiSimulatorRequest rate_*).Prompt | Should -Be 'one'
        Get-ApiSimulatorRequest -Code internal_error | Should -BeNullOrEmpty
    }

    It 'says what is no pattern of codes' {
        Start-ApiSimulator
        $failed = { Get-ApiSimulatorRequest -Code 'a*', '[b' } | Should -Throw -PassThru
        $message = "'[b' is no pattern: a bracket is not closed. Write ``[ for the bracket itself. (invalid_value)"
        Assert-Failure $failed invalid_value InvalidArgument $null $message 'Check parameter format and range. Run: Get-Help about_Wildcards' -Cmdlet GetApiSimulatorRequestCommand
    }

    It 'says how much was answered, and how much twice where prompts are counted' {
        $simulator = Start-ApiSimulator -Fault @{ Code = 'internal_error'; Prompt = 'two' } -CountPrompts -PassThru
        $null = 'one', 'two', 'two', 'one' | ForEach-Object { Send-Chat $simulator $_ }
        $summary = Get-ApiSimulatorRequest -Summary
        $summary | Should -BeOfType ApiTools.SimulatorSummary
        $summary.Requests, $summary.Answered, $summary.Prompts, $summary.RepeatedPrompts, $summary.RepeatedAnswers | Should -Be 4, 3, 2, 1, 1
        "$($simulator.Summary)" | Should -BeExactly "$summary"
        (Send-Http $simulator Get /simulator/summary -Key none).Content |
            Should -BeExactly '{"requests":4,"answered":3,"prompts":2,"repeatedPrompts":1,"repeatedAnswers":1}'
        Stop-ApiSimulator
        $simulator.Summary.Answered | Should -Be 3
        Start-ApiSimulator
        (Get-ApiSimulatorRequest -Summary).Prompts | Should -BeNullOrEmpty
    }

    It 'never shows a key' {
        $simulator = Start-ApiSimulator -PassThru
        $null = Send-Chat $simulator "my key is $($simulator.ApiKey)"
        $request = Get-ApiSimulatorRequest
        $request.Key | Should -Be 'valid'
        $request | ConvertTo-Json -Depth 5 | Should -Not -BeLike "*$($simulator.ApiKey)*"
    }

    It 'fits 80 columns and shows control characters as a mark' {
        $simulator = Start-ApiSimulator -Fault concurrent_limit_exceeded -PassThru
        $null = Send-Chat $simulator "red $([char]27)[31m $('long ' * 40)"
        $null = Send-Http $simulator Get /v1
        $lines = Get-ApiSimulatorRequest | Out-String -Width 80 -Stream
        $lines | ForEach-Object { $_.Length | Should -BeLessOrEqual 80 }
        $text = $lines -join "`n"
        $text | Should -Not -BeLike "*$([char]27)*31m*"
        $text | Should -Match '1\s+429 concurrent_limit_exceeded\s+gpt-4o\s+red'
        $text | Should -Match '2\s+404 unknown_url\s+GET /v1'
    }

    It 'says so where none runs' {
        Get-ApiSimulatorRequest -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -Be 'simulator_not_running,ApiTools.Cmdlets.GetApiSimulatorRequestCommand'
        $failure[0].CategoryInfo.Category | Should -Be ObjectNotFound
        $failure[0].TargetObject | Should -BeNullOrEmpty
        $failure[0].ErrorDetails.RecommendedAction | Should -Be 'Start one. Run: Start-ApiSimulator'
        Get-ApiSimulatorRequest -Summary -ErrorAction SilentlyContinue -ErrorVariable failure
        $failure[0].FullyQualifiedErrorId | Should -Be 'simulator_not_running,ApiTools.Cmdlets.GetApiSimulatorRequestCommand'
    }
}
