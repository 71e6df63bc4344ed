BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    $ErrorView = 'ConciseView'
    $sample = (Resolve-Path "$PSScriptRoot/../../samples/logs/api-log.jsonl").Path
}

Describe 'Get-ApiUsage' {
    It 'counts a log, by connection and model' {
        $usage = Get-ApiUsage $sample
        $usage | Should -BeOfType ([ApiTools.ApiUsage])
        $usage.Model | Should -BeExactly 'gpt-4o', 'gpt-4o-mini'
        $mini = $usage[1]
        $mini.Calls, $mini.Requests, $mini.Succeeded, $mini.Failed, $mini.Refused, $mini.Retries | Should -Be 4, 4, 2, 1, 1, 1
        $mini.InputTokens, $mini.OutputTokens | Should -Be 43, 18
        $mini.Errors.Keys | Should -Be 'context_length_exceeded', 'invalid_value', 'rate_limit_exceeded'
        $mini.Waited.TotalSeconds | Should -Be 2.043
        $mini.P95.TotalSeconds / 0.612 | Should -BeGreaterThan 0.975
        $mini.P95.TotalSeconds / 0.612 | Should -BeLessThan 1.025
        $mini.Cost | Should -BeNullOrEmpty
    }

    It 'gives the same for <How>' -TestCases @(
        @{ How = '-LogPath'; Get = { Get-ApiUsage -LogPath $sample -Total } }
        @{ How = 'entries from the pipeline'; Get = { Get-ApiLog $sample | Get-ApiUsage -Total } }
        @{ How = 'files from the pipeline'; Get = { Get-Item $sample | Get-ApiUsage -Total } }
    ) {
        $total = & $Get
        $total.Calls, $total.Requests, $total.InputTokens, $total.Connection | Should -Be 5, 5, 455, $null
    }

    It 'counts the cost by the price given: <How>' -TestCases @(
        @{ How = 'named'; Price = @{ 'gpt-4o' = @{ Input = 2.5; Output = 10 }; 'gpt-4o-mini' = @{ input = '0.15'; output = 0.6 } } }
        @{ How = 'in short, by a pattern'; Price = @{ 'gpt-4o' = 2.5, 10; 'gpt-4o-*' = 0.15, 0.6; '*' = 100, 100 } }
    ) {
        $usage = Get-ApiUsage $sample -Price $Price
        $usage[0].Cost | Should -Be 0.00223
        $usage[1].Cost | Should -Be 0.00001725
        (Get-ApiUsage $sample -Price $Price -Total).Cost | Should -Be 0.00224725
    }

    It 'warns of a model without a price' {
        $usage = Get-ApiUsage $sample -Price @{ 'gpt-4o' = 1, 1 } -WarningVariable warning 3>$null
        $usage[1].Cost | Should -BeNullOrEmpty
        "$warning" | Should -BeExactly "No price was given for 'gpt-4o-mini': what that cost is in no sum."
    }

    It 'refuses a price that is none: <Price>' -TestCases @(@{ Price = 'dear' }, @{ Price = -1, 2 }, @{ Price = @{ Input = 1 } }, @{ Price = $null }) {
        { Get-ApiUsage $sample -Price @{ m = $Price } } | Should -Throw -ErrorId 'invalid_value,ApiTools.Cmdlets.GetApiUsageCommand'
    }

    It 'counts this session, parallel blocks too' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') {
        Start-ApiSimulator
        try {
            Connect-ApiService -Simulator -Name counted
            $module = (Get-Module ApiTools).Path
            1..6 | ForEach-Object -Parallel { Import-Module $using:module; $null = Invoke-ApiChat "$_" -Connection counted } -ThrottleLimit 3
            Invoke-ApiChat 'x' -Connection counted -Temperature 9 -ErrorAction SilentlyContinue
            $usage = Get-ApiUsage -Connection counted
            $usage.Calls, $usage.Succeeded, $usage.Refused, $usage.Requests | Should -Be 7, 6, 1, 6
            $usage.P50 | Should -BeGreaterThan ([timespan]::Zero)
        }
        finally {
            Get-ApiConnection | Disconnect-ApiService
            Stop-ApiSimulator
        }
    }
}
